"""A long name -> shorter ones: the state, the law's number, brackets and lists are left out, never part of a word.

A build asks for a thousand names: plain replacement goes first, and expressions are few and shared by all countries.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 28
"""Signs that a short name has at most: the width of a box in a picture, of a column in a table."""
_ADJECTIVES = {
    "by": "Belarusian", "gb": "British", "il": "Israeli", "jp": "Japanese", "kg": "Kyrgyz", "kr": "Korean",
    "kz": "Kazakh", "ru": "Russian", "tj": "Tajik", "tm": "Turkmen", "tr": "Turkish", "uz": "Uzbek",
}  # fmt: skip
_OWN = re.compile(
    r" \((?:the )?@\)|,? (?:of|in) (?:the )?@(?![\w'\u2019-]| and )|(?<!\w)(?:the )?@['\u2019]s "
    r"|^@: |: @$|(?<=[a-z]{4})(?<!against)(?<!between)(?<!from)(?<!with) @$"
)
"""What says that something is a country's, the country being called @."""
_OWN_ADJECTIVE = re.compile(r"(?<!ethnic )(?<![\w-])@ (?!Republic|language)")
"""What says so by an adjective: not of a people, a language or two states."""
_YEARS = re.compile(r"(?:,| \(|,? (?:of|in|for|until|through|from|since)) (?:[\w-]+ ){0,3}?(\d{4}(?:-\d{4})?)\)?$"
                    r"| \((?:[\w-]+,? ){0,3}?(\d{4}(?:-\d{4})?)\)$")  # fmt: skip
"""The time at the end of a name, however it is told: its years are kept."""
_NUMBER = re.compile(r" \(?No\. [^\s,)]+(?: of \d+ \w+ \d{4})?\)?")
_QUOTED = str.maketrans("", "", '“”"«»')
_SHORTER = (
    ("the Russian Federation", "Russia"), ("Russian Federation", "Russia"), ("Eurasian Economic Union", "EAEU"),
    ("Eurasian Economic Commission", "EEC"), ("European Union", "EU"), ("United Kingdom", "UK"),
    ("United States", "US"), ("United Nations", "UN"), ("CIS member states", "CIS"),
    ("the American University of Central Asia", "AUCA"), ("Federal Law", "Law"), ("Constitutional law", "Law"),
    ("Multifunctional Migration", "Migration"), ("Honorary consular office", "Consulate"),
    ("Consular office", "Consulate"), ("rafficking in human beings", "rafficking"),
    ("rafficking in Human Beings", "rafficking"), ("rafficking in persons", "rafficking"),
    ("human trafficking", "trafficking"), ("foreign citizens", "foreigners"), ("potential labour migrants", "migrants"),
    ("returning labour migrants", "migrants"), ("labour migrants", "migrants"), ("migrant workers", "migrants"),
    (" and their families", ""), (" of the population", ""), (" of the Population", ""),
    ("labour migration", "migration"), ("Russian-language", "Russian"), ("State Migration", "Migration"),
    ("Concept of the Migration Policy", "Migration concept"), ("Concept of Migration Policy", "Migration concept"),
    ("Concept of migration policy", "Migration concept"), ("Migration Policy Concept", "Migration concept"),
    *((f"citizens of {people}istan", f"{people}s") for people in ("Kazakh", "Tajik", "Turkmen", "Uzbek")),
    *((f"{people} citizens", f"{people}s") for people in ("Kazakh", "Tajik", "Turkmen", "Uzbek")),
)  # fmt: skip
"""What says the same in fewer signs, in the order in which it is tried."""
_BY_PATTERN = (
    ("office", re.compile(r"^Representative office(s?) of .+ in "), r"Office\1 in "),
    (" ", re.compile(r" (?:Territory|Autonomous Area|Province)(?= \d|$)"), ""),
    (" ", re.compile(r"\b(?:the|a) (?=\w)"), ""),
    (" migrants", re.compile(r" (?:of|for|to|from) migrants\b(?!['\u2019])"), ""),
    ("Ministry of ", re.compile(r"^Ministry of (\w+(?: \w+)?)(?:,| and ).*"), r"Ministry of \1"),
    ("Ministry of ", re.compile(r"^Ministry of (.+)"), r"\1 ministry"),
    (" (", re.compile(r" \([^)]*\)"), ""),
)
"""The same by pattern, after a word that must be there. All is about migrants, who need no mention."""
_LAST = re.compile(r"(\S+ .*\S) (?:in|from|to|for|under|with|through|after|against) [^()]+?(?= \d{4}|$)")
"""The last phrase of a name, which narrows what is said before it."""
_DANGLING = re.compile(r"(?:…|\.\.\.|,| (?:of|in|on|for|to|the|and|with|by|from|at))$")
_NEXT_PART = re.compile(
    r"[,:;(]| [(“\"\u2013-]| (?:of|in|on|for|to|and|with|by|from|at|under|against|between|through)\b"
)


class State:
    """How a country is named, so that its name can be left out among its own things."""

    def __init__(self, id_: str, names: Iterable[str]) -> None:
        """Take the country's id and its English names."""
        self.code = id_.upper()
        self.adjective = _ADJECTIVES.get(id_, "")
        self.names = sorted({*names} - {self.adjective}, key=len, reverse=True)

    def left_out(self, text: str) -> str:
        """Return a text without what says that it is the country's."""
        for name in self.names:
            if name in text:
                text = _kept(text, _OWN.sub("", text.replace(name, "@")).replace("@", name))
        return text

    def adjective_left_out(self, text: str) -> str:
        """Return a text without the adjective."""
        if not self.adjective or self.adjective not in text:
            return text
        less = _OWN_ADJECTIVE.sub("", text.replace(self.adjective, "@")).replace("@", self.adjective)
        return _kept(text, less)

    def called(self, text: str, sign: str) -> str:
        """Return a text in which the country, and the adjective, is called by a sign."""
        for name in (*self.names, self.adjective):
            text = text.replace(f"the {name}", sign).replace(name, sign) if name else text
        return text


def fits(text: str) -> bool:
    """Tell whether a text is short enough."""
    return 0 < len(text) <= LONGEST


def is_cut(short: str, label: str) -> bool:
    """Tell whether a short name is nothing but the beginning of a longer label, broken off where no part ends.

    >>> is_cut("National referral", "National referral mechanism"), is_cut("Health Code", "Health Code of Kazakhstan")
    (True, False)
    """
    rest = label[len(short) :] if label.startswith(short) else ""
    return bool(_DANGLING.search(short) or (rest and not _NEXT_PART.match(rest)))


def shorter(text: str, states: Iterable[State]) -> Iterator[str]:
    """Yield a name in ever shorter forms, each of whole words."""
    of = list(states)
    text = text.translate(_QUOTED)
    if "No. " in text and " on " in text.lower():
        text = _NUMBER.sub("", text)
    found = _YEARS.search(text) if text[-1:].isdigit() or text.endswith(")") else None
    years = (found[1] or found[2]) if found else ""
    text = f"{text[: found.start()]} {years}" if found else text
    for state in of:
        text = state.left_out(text)
    yield capital(text)
    for state in of:
        text = state.adjective_left_out(text)
    yield capital(text)
    for long, short in _SHORTER:
        if long in text:
            text = text.replace(long, short)
            yield capital(text)
    for word, pattern, short in _BY_PATTERN:
        if word in text:
            text = pattern.sub(short, text)
            yield capital(text)
    if years:
        yield capital(text.removesuffix(f" {years}"))


def shortest(text: str, states: Iterable[State]) -> Iterator[str]:
    """Yield a name without its last phrases: it says less, and is the last resort."""
    *_, text = shorter(text, states)
    while found := _LAST.match(text):
        text = found[1] + text[found.end() :]
        yield text


def capital(text: str) -> str:
    """Return a name with a capital at its head, unless it is an address."""
    text = text.strip()
    return text if "." in text.partition(" ")[0] else text[:1].upper() + text[1:]


def _kept(text: str, less: str) -> str:
    """Return the text with less in it, or as it was if one word would be left, which says too little."""
    return less if not fits(text) or " " in less.strip().rstrip("0123456789-").strip() else text
