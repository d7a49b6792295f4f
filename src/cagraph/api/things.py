"""Single things: find one, show it, cite it, and where its sources disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.answers import citation, conflicts, lookup, search, showing
from cagraph.api.opened import Opened
from cagraph.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cagraph.answers.card import Card
    from cagraph.answers.citation_styles import Dataset
    from cagraph.answers.things import Named


class Things(Opened):
    """What is known of single things, found by id or any name.

    The methods raise `cagraph.errors.UnknownName` if a name leads to none or to several.
    """

    def find(self, name: str) -> Named:
        """Return the id, label and kind of the thing with this id, code or name.

        >>> import cagraph
        >>> cagraph.load().find("Kyrgyz Republic")
        Named(id='kg', label='Kyrgyzstan', kind='Country')
        """
        return lookup.find(self._store, name)

    def search(self, words: str, limit: int = 15) -> Rows:
        """Return the things whose names are most like the words, best first.

        >>> import cagraph
        >>> cagraph.load().search("belgum memorandum")[0].id
        'tj-be-labour-memorandum-2025'
        """
        return search.answer(self._store, words, limit)

    def show(self, name: str, as_of: str = "") -> Card:
        """Return everything known about a thing, with its status for a day; of a country, its profile.

        >>> import cagraph
        >>> card = cagraph.load().show("tj-be-labour-memorandum-2025", as_of="2025-12-01")
        >>> card.status.status, [row.value for row in card if row.field == "party"]
        ('signed', ['be', 'tj'])
        """
        return showing.shown(self._store, name, as_of)

    def conflicts(self, name: str = "", source: str = "", limit: int = 0, class_: str = "") -> Rows:
        """Return the contradictions among claims, about one thing or all, with both passages.

        `class_` narrows them to one class; variants of names are listed only as `class_="name"`.

        >>> import cagraph
        >>> answer = cagraph.load().conflicts("kg-migration-policy-concept-2021-2030")
        >>> [row.preferred for row in answer if row["class"] == "period"]
        ['2021/2030']
        """
        return conflicts.contradictions(self._store, name, source, limit, class_)

    @property
    def edition(self) -> Dataset:
        """Version, digest of the data and last day of its newest source, as citations carry them.

        >>> import cagraph
        >>> cagraph.load().edition.last
        '2026-02-27'
        """
        return citation.dataset(self._store)

    def cite(self, what: str | Row | Rows | Iterable[str], style: str = "footnote") -> str:
        """Return a citation of a thing, a source or pieces of evidence; `cite-as` on the command line.

        Args:
            what: id or any name of a thing or source; the id of a piece of evidence, or several; or
                a row or an answer, whose evidence is cited.
            style: `footnote`, `oscola`, `bibtex` or `csl-json`.

        >>> import cagraph
        >>> print(cagraph.load().cite("matnazarova-2025", "oscola").partition(", via")[0])
        Madina Matnazarova, ‘Decoupling from Moscow: Shifting Labor Migration Policies in Central Asia’ (14 August 2025)
        """
        if isinstance(what, Row):
            what = Rows(tuple(what), [tuple(what.values())])
        names = [what] if isinstance(what, str) else what.evidence if isinstance(what, Rows) else list(what)
        return citation.cite(self._store, names, style)
