"""The words of all things in one piece of bytes: made at build, read where it lies, shipped to pages as it is.

A header in JSON names the parts; each is a list of whole numbers of four bytes (little-endian), or
the texts that such a list gives the ends of. Nothing is unpacked to be read, so that the index of a
hundred thousand things opens as soon as that of a thousand. What is rounded is rounded here, once:
the same numbers give the same order wherever they are counted.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from cagraph.errors import StoreFault
from cagraph.search.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NAME = "words.index"
"""Its file in the folder of a compiled store."""
VERSION = 1
FIELDS = ("name", "own", "number", "short", "about", "text")
"""Where a text of a thing stands: its names; those in the language of its own state; its numbers; its short name; what
it is about; sentences on it."""
_MAGIC = b"cagraph words "
_STEP = 4
_STATE = 4
"""Letters of the shortest name of a country that is taken for one: shorter ones are words of other languages."""


class Entry(NamedTuple):
    """A text that a thing may be found by."""

    thing: str
    kind: str
    field: str
    text: str


class Index:
    """The words of all things, in bytes."""

    def __init__(self, raw: bytes | memoryview) -> None:
        """Open an index.

        Raises:
            StoreFault: if it is none, or of another version.
        """
        view = memoryview(raw)
        size = int.from_bytes(view[len(_MAGIC) : len(_MAGIC) + _STEP], "little")
        begin = len(_MAGIC) + _STEP + size
        if bytes(view[: len(_MAGIC)]) != _MAGIC or begin > len(view):
            raise StoreFault("the index of words is damaged", "run `cagraph build`")
        header = json.loads(bytes(view[begin - size : begin]))
        if header["version"] != VERSION:
            raise StoreFault("the index of words is of another version", "run `cagraph build`")
        parts = {name: view[begin + start : begin + end] for name, (start, end) in header["parts"].items()}
        self.kinds: list[str] = header["kinds"]
        self.ids = Texts(parts["ids"], _numbers(parts["id-ends"]))
        self.texts = Texts(parts["texts"], _numbers(parts["text-ends"]))
        self.vocabulary = Texts(parts["vocabulary"], _numbers(parts["word-ends"]))
        self.kind_of = _numbers(parts["kind-of"])
        self.weights = _numbers(parts["weights"])
        """How much each word tells, in thousandths: rare ones more."""
        self._things = _Lists(_numbers(parts["things"]), _numbers(parts["thing-ends"]))
        self._entries = _Lists(_numbers(parts["entries"]), _numbers(parts["entry-ends"]))
        self._words = _Lists(_numbers(parts["words"]), _numbers(parts["words-ends"]))

    def things_with(self, word: int) -> Sequence[int]:
        """Return the things that have a word, by their places."""
        return self._things[word]

    def entries_of(self, thing: int) -> Iterator[tuple[int, int]]:
        """Yield field and text of each entry of a thing, by their places."""
        for entry in self._entries[thing]:
            yield entry % len(FIELDS), entry // len(FIELDS)

    def words_of(self, text: int) -> Sequence[int]:
        """Return the words of a text, by their places."""
        return self._words[text]

    @cached_property
    def rarest(self) -> float:
        """What a word tells that nothing has: more than any other."""
        return _weight(len(self.ids), 0) / 1000

    @cached_property
    def states(self) -> frozenset[int]:
        """Words, by their places, that are the whole name of a country."""
        kind = self.kinds.index("Country") if "Country" in self.kinds else -1
        names = {FIELDS.index("name"), FIELDS.index("own")}
        countries = (thing for thing, own in enumerate(self.kind_of) if own == kind)
        said = (self.words_of(text) for thing in countries for field, text in self.entries_of(thing) if field in names)
        return frozenset(own[0] for own in said if len(own) == 1 and len(self.vocabulary[own[0]]) >= _STATE)

    def place_of(self, word: str) -> int:
        """Return the place of the first word that is not before this one."""
        return bisect_left(self.vocabulary, word)


class Texts:
    """Texts that lie behind one another."""

    def __init__(self, raw: memoryview, ends: Sequence[int]) -> None:
        self._raw, self._ends = raw, ends

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, place: int) -> str:
        begin = self._ends[place - 1] if place else 0
        return str(self._raw[begin : self._ends[place]], "utf-8", "surrogatepass")  # foreign stores hold anything


class _Lists:
    """Lists of numbers that lie behind one another."""

    def __init__(self, flat: Sequence[int], ends: Sequence[int]) -> None:
        self._flat, self._ends = flat, ends

    def __getitem__(self, place: int) -> Sequence[int]:
        return self._flat[self._ends[place - 1] if place else 0 : self._ends[place]]


def _numbers(raw: memoryview) -> Sequence[int]:
    if sys.byteorder == "little":
        return raw.cast("I")
    turned = array("I", raw.tobytes())
    turned.byteswap()
    return turned


def made(entries: Iterable[Entry]) -> bytes:
    """Return the index of some texts of things.

    Args:
        entries: the texts, in any order; those of one thing need not stand together.
    """
    maker = _Maker()
    for entry in entries:
        maker.add(entry)
    return maker.index()


class _Maker:
    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.entries: dict[str, dict[int, None]] = defaultdict(dict)
        self.texts: dict[str, int] = {}
        self.words: list[array[int]] = []
        self.vocabulary: dict[str, int] = {}

    def add(self, entry: Entry) -> None:
        place = self.texts.get(entry.text)
        if place is None:
            place = self.texts[entry.text] = len(self.texts)
            found = words(entry.text)
            self.words.append(array("I", [self.vocabulary.setdefault(one, len(self.vocabulary)) for one in found]))
        self.kinds[entry.thing] = entry.kind
        self.entries[entry.thing][place * len(FIELDS) + FIELDS.index(entry.field)] = None

    def index(self) -> bytes:
        known = sorted(self.entries)
        ordered = sorted(self.vocabulary)
        kinds = sorted(set(self.kinds.values()))
        new = array("I", bytes(4 * len(ordered)))
        for place, written in enumerate(ordered):
            new[self.vocabulary[written]] = place
        own = [array("I", [new[word] for word in one]) for one in self.words]
        bearers: list[array[int]] = [array("I") for _ in ordered]
        for thing, id_ in enumerate(known):
            for word in {word for entry in self.entries[id_] for word in own[entry // len(FIELDS)]}:
                bearers[word].append(thing)
        parts: dict[str, bytes] = {}
        for name, ends, texts in (
            ("ids", "id-ends", known), ("texts", "text-ends", list(self.texts)), ("vocabulary", "word-ends", ordered),
        ):  # fmt: skip
            parts[name], parts[ends] = _joined([text.encode("utf-8", "surrogatepass") for text in texts])
        listed = [array("I", self.entries[id_]) for id_ in known]
        for name, ends, lists in (
            ("things", "thing-ends", bearers), ("entries", "entry-ends", listed), ("words", "words-ends", own),
        ):  # fmt: skip
            parts[name], parts[ends] = _joined([_bytes(one) for one in lists], _STEP)
        parts["kind-of"] = _bytes(array("I", [kinds.index(self.kinds[id_]) for id_ in known]))
        parts["weights"] = _bytes(array("I", [_weight(len(known), len(one)) for one in bearers]))
        return _packed(parts, kinds)


def _weight(things: int, bearers: int) -> int:
    """Return how much a word tells, in thousandths, that so many of so many things have."""
    return round(1000 * math.log(1 + things / (bearers + 0.5)))


def _joined(pieces: Sequence[bytes], step: int = 1) -> tuple[bytes, bytes]:
    """Return pieces behind one another, and where each ends, counted in steps."""
    ends, at = array("I"), 0
    for piece in pieces:
        at += len(piece) // step
        ends.append(at)
    return b"".join(pieces), _bytes(ends)


def _bytes(numbers: array[int]) -> bytes:
    if sys.byteorder != "little":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _packed(parts: dict[str, bytes], kinds: list[str]) -> bytes:
    places: dict[str, tuple[int, int]] = {}
    body = bytearray()
    for name, raw in parts.items():
        places[name] = (len(body), len(body) + len(raw))
        body += raw + bytes(-len(raw) % _STEP)
    header = json.dumps({"version": VERSION, "kinds": kinds, "parts": places}, separators=(",", ":")).encode()
    header += b" " * (-(len(_MAGIC) + _STEP + len(header)) % _STEP)
    return _MAGIC + len(header).to_bytes(_STEP, "little") + header + bytes(body)
