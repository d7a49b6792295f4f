"""Base IRIs and prefixes: how names become IRIs and back."""

from __future__ import annotations

ID = "https://w3id.org/cagraph/id/"
CA = "https://w3id.org/cagraph/ontology#"
CAP = "https://w3id.org/cagraph/profile#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES = {
    "ca": CA,
    "id": ID,
    "cap": CAP,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "ptr": "http://parliament.uk/ontologies/treaty/",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": XSD,
}


def iri(name: str) -> str:
    """Return the full IRI of a prefixed name.

    >>> iri("ca:party")
    'https://w3id.org/cagraph/ontology#party'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def local(name: object) -> str:
    """Return the local name of a prefixed name.

    >>> local("ca:party")
    'party'
    """
    return str(name).rpartition(":")[2]


def text(term: object) -> str:
    """Return the IRI or the text of an RDF term; of a quoted triple, which we have none of, its form."""
    return str(getattr(term, "value", term))


def local_name(full: str) -> str:
    """Return what stands behind the last `#` or `/` of an IRI."""
    return full.rpartition("#")[2].rpartition("/")[2]
