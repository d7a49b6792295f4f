"""Law time: from the dated steps that passages tell of to the status of a thing, and of each party, on any day.

Derived once, when the graph is built, and read by everything. The rules that a lawyer would look up
(which step leads to which status, for which kind of thing, and what each status means) are data in
`ontology/lawtime.ttl`; what is here is how steps add up.
"""
