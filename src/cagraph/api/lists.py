"""Lists of things of a kind, and of what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from cagraph.answers import listing, overview
from cagraph.answers.listings import LISTINGS
from cagraph.api.opened import Opened
from cagraph.errors import UsageFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cagraph.rows import Rows


class Narrowing(TypedDict, total=False):
    """What a list is narrowed to, each as on the command line."""

    with_: str | Sequence[str]
    """Names of one or several further countries that things must belong to as well."""
    topic: str
    form: str
    status: str
    as_of: str
    """EDTF; the day of the status, today if left out."""
    since: str
    until: str
    source: str
    limit: int
    undated: bool
    """Whether to list those too of which there is no trace by the day, if some step is undated."""


class Lists(Opened):
    """One method for each list. Each takes any name of a country, region or union, or none for all.

    They raise `cagraph.errors.UsageFault` if the country or a filter does not exist.
    """

    def agreements(self, country: str = "", **narrowing: Unpack[Narrowing]) -> Rows:
        """Return the agreements of a country, by date; `role` tells its part in each.

        Those it takes part in (`party`) come first; then what is negotiated or proposed, groups
        (`hub`, `partner`), which have no status, and those it stays out of (`not-joined`). `date` is
        that of signature, else of the first step told.

        >>> import cagraph
        >>> answer = cagraph.load().agreements("TJ", with_="BE", form="memorandum")
        >>> [(row.id, row.parties, row.date) for row in answer]
        [('tj-be-labour-memorandum-2025', ('BE', 'TJ'), '2025-11')]
        """
        return self._listed("agreements", country, narrowing)

    def laws(self, country: str = "", **narrowing: Unpack[Narrowing]) -> Rows:
        """Return the laws of a country, by date.

        >>> import cagraph
        >>> cagraph.load().laws("Turkmenistan", topic="migration", until="2012")["id"]
        ['tm-law-combating-trafficking-2007', 'tm-law-migration-service-2009', 'tm-law-migration-2012']
        """
        return self._listed("laws", country, narrowing)

    def decrees(self, country: str = "", **narrowing: Unpack[Narrowing]) -> Rows:
        """Return the decrees, resolutions and orders of a country, by date.

        >>> import cagraph
        >>> cagraph.load().decrees("kz", limit=3)["kind"]
        ['Decree', 'Decree', 'Decree']
        """
        return self._listed("decrees", country, narrowing)

    def policies(self, country: str = "", **narrowing: Unpack[Narrowing]) -> Rows:
        """Return the concepts, strategies and programmes of a country, with their periods.

        >>> import cagraph
        >>> "tj-migration-processes-strategy-2040" in cagraph.load().policies("Tajikistan")["id"]
        True
        """
        return self._listed("policies", country, narrowing)

    def agencies(self, country: str = "", **narrowing: Unpack[Narrowing]) -> Rows:
        """Return the state bodies of a country.

        >>> import cagraph
        >>> "uz-agency-for-migration" in cagraph.load().agencies("uz")["id"]
        True
        """
        return self._listed("agencies", country, narrowing)

    def schemes(self, country: str = "", **narrowing: Unpack[Narrowing]) -> Rows:
        """Return the schemes of a country, and those for its people or that lead to it; `role` tells which.

        >>> import cagraph
        >>> sorted(set(cagraph.load().schemes("Tajikistan")["role"]))
        ['jurisdiction', 'origin']
        """
        return self._listed("schemes", country, narrowing)

    def organizations(self, country: str = "", **narrowing: Unpack[Narrowing]) -> Rows:
        """Return organisations that are no state bodies, and international ones, tied to a country.

        >>> import cagraph
        >>> cagraph.load().organizations("kg", form="ngo")[0].kind
        'Organization'
        """
        return self._listed("organizations", country, narrowing)

    def programmes(self, country: str = "", **narrowing: Unpack[Narrowing]) -> Rows:
        """Return the programmes in a country, with those who run and pay for them.

        >>> import cagraph
        >>> len(cagraph.load().programmes("Uzbekistan")) > 1
        True
        """
        return self._listed("programmes", country, narrowing)

    def events(self, country: str = "", **narrowing: Unpack[Narrowing]) -> Rows:
        """Return the events in or about a country, by date.

        >>> import cagraph
        >>> cagraph.load().events("Russia", since="2022", limit=1)[0].kind
        'Event'
        """
        return self._listed("events", country, narrowing)

    def _listed(self, name: str, country: str, narrowing: Narrowing) -> Rows:
        chosen: dict[str, Any] = dict(narrowing)
        unknown = chosen.keys() - set(listing.Filters._fields)
        if unknown:
            known = ", ".join(listing.Filters._fields)
            raise UsageFault(f"a list is not narrowed by {', '.join(sorted(unknown))}", f"known: {known}")
        others = chosen.pop("with_", ())
        filters = listing.Filters((others,) if isinstance(others, str) else tuple(others), **chosen)
        return listing.listed(self._store, LISTINGS[name], country, filters)

    def countries(self, source: str = "", limit: int = 0) -> Rows:
        """Return the countries that the sources, or one of them, speak of, with counts.

        >>> import cagraph
        >>> "TJ" in cagraph.load().countries()["code"]
        True
        """
        return overview.countries(self._store, source, limit)

    def sources(self, limit: int = 0) -> Rows:
        """Return the source documents, with the number of passages cited from each.

        >>> import cagraph
        >>> len(cagraph.load().sources())
        5
        """
        return overview.sources(self._store, limit)
