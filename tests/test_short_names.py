"""Short names: every thing has one that is short, readable, and the only one among the things of its country."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cagraph import cli
from cagraph.answers import lookup, search, short_names, showing
from cagraph.curated.countries import CountryName
from cagraph.curated.records import Thing
from cagraph.curated.short_names import short_names as made
from cagraph.curated.shortening import LONGEST, State, is_cut, shorter
from cagraph.errors import UnknownName
from cagraph.queries import ask
from cagraph.store import Store, compiler
from cagraph.store.embedded import Embedded

NAMES = [CountryName("kz", "en", "Kazakhstan"), CountryName("kz", "en", "Republic of Kazakhstan"),
         CountryName("uz", "en", "Uzbekistan")]  # fmt: skip
KZ = State("kz", ["Kazakhstan", "Republic of Kazakhstan"])
BY_RULE = 0.75
"""The share of things whose short name is made by rule."""


def thing(id_: str, kind: str, label: str, **rest: str) -> Thing:
    return Thing(id_, kind, label, (), "", (), (), rest.pop("isReplacedBy", ""), (), (), (), (), **rest)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def short(graph: Store) -> dict[str, str]:
    return {str(id_): str(name) for id_, name in ask(graph, "short-names", columns=("id", "short")).rows}


def test_every_thing_has_one_and_no_retired_id(short: dict[str, str]) -> None:
    things, names, _ = compiler.records()
    assert set(short) == {one.id for one in things if not one.isReplacedBy} | {name.id for name in names}
    assert max(map(len, short.values())) <= LONGEST


def test_none_fails(graph: Store) -> None:
    assert [str(one) for one in short_names.failing(graph)] == []


def test_none_is_an_id_or_ends_in_the_middle(short: dict[str, str]) -> None:
    for id_, name in short.items():
        assert name == " ".join(name.split()), id_
        assert name != id_ or "-" not in id_, id_
        assert name.count("(") == name.count(")"), id_
        assert not name.endswith(("…", "...", ",", "-", ":")), id_


def test_most_are_made_by_rule() -> None:
    things = [one for one in compiler.records()[0] if not one.isReplacedBy]
    assert sum(not one.shortName for one in things) >= BY_RULE * len(things)


@pytest.mark.parametrize(
    ("id_", "name"),
    [
        ("kz-uz-labour-agreement-2019", "KZ-UZ labour migration 2019"),
        ("kz-presidential-decree-622-2021", "Decree 622 of 2021"),
        ("kz-law-137-vi-2018", "Law 137-VI of 2018"),
        ("kg-law-44-2002", "Law on refugees"),
        ("tj-migration-service", "Migration Service"),
        ("tj-ministry-of-labour-migration-and-employment", "Ministry of Labour"),
        ("uz-agency-for-migration-office-in-tula", "Office in Tula"),
        ("icmpd", "ICMPD"),
        ("kz-valuable-skills-visa", "Valuable skills visa"),
        ("kg-remittances-figures", "Remittances figures"),
        ("tm-law-combating-trafficking-2007", "Anti-trafficking law 2007"),
        ("tj-anti-trafficking-programme-2019-2021", "Trafficking plan 2019-2021"),
        ("gs", "S. Georgia & S. Sandwich Is."),
        ("tj", "Tajikistan"),
    ],
)
def test_it_says_what_a_person_would(short: dict[str, str], id_: str, name: str) -> None:
    assert short[id_] == name


def test_things_that_would_share_one_take_the_next() -> None:
    long = "Reintegration programme for returning workers and their kin"
    twins = [thing(f"kz-{n}", "Programme", long) for n in ("one", "two")]
    found = made(twins, NAMES)
    assert found.keys() == {"kz", "uz"}, "a name that two would have is nobody's"
    written = [*twins[:1], thing("kz-two", "Programme", long, shortName="Returnees")]
    assert made(written, NAMES)["kz-two"] == "Returnees"
    assert made(written, NAMES)["kz-one"] == made(twins[:1], NAMES)["kz-one"]


def test_the_same_name_in_two_countries_is_none_of_the_others() -> None:
    found = made([thing("kz-a", "Agency", "Senate house"), thing("uz-a", "Agency", "Senate house")], NAMES)
    assert found["kz-a"] == found["uz-a"] == "Senate house"
    assert "kz-b" not in made([thing("kz-b", "Agency", "Senate house", isReplacedBy="kz-a")], NAMES)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Criminal Code of the Republic of Kazakhstan", "Criminal Code"),
        ("Kazakhstan's readmission agreements", "Readmission agreements"),
        ("Skills passport (Kazakhstan)", "Skills passport"),
        ("Constitution of Kazakhstan", "Constitution of Kazakhstan"),
        ("Support of Kazakhstan for ethnic Kazakh returnees", "Support for ethnic Kazakh returnees"),
        ("Labour shortage in Kazakhstan, 2022-2024", "Labour shortage 2022-2024"),
    ],
)
def test_the_state_is_left_out_where_enough_is_left(label: str, name: str) -> None:
    assert next(shorter(label, [KZ])) == name


@pytest.mark.parametrize(("name", "label", "cut"), [
    ("Migration Ser", "Migration Service", True),
    ("Law on the", "Law on the legal status of foreigners", True),
    ("Migration…", "Migration Service", True),
    ("Health Code", "Health Code of Kazakhstan", False),
    ("Migration Service", "Migration Service", False),
])  # fmt: skip
def test_a_label_cut_short_is_seen(name: str, label: str, cut: bool) -> None:
    assert is_cut(name, label) is cut


def test_one_made_by_rule_is_no_name(graph: Store, short: dict[str, str]) -> None:
    """A reader who types it finds what bears it as a name, and not what is only called so in a picture."""
    assert short["kz-refugee-status"] == "Refugee status"
    assert lookup.find(graph, "Refugee status").id == "refugee-status"
    with pytest.raises(UnknownName):
        lookup.find(graph, short["kz-uz-labour-agreement-2019"])
    assert search.hits(graph, short["kz-uz-labour-agreement-2019"])[0].id == "kz-uz-labour-agreement-2019"


def test_one_that_a_curator_wrote_is_a_name_where_it_is_nobodys(graph: Store) -> None:
    assert lookup.find(graph, "Regional Threats Centre").id == "uz-centre-for-the-study-of-regional-threats"
    assert search.hits(graph, "Ýeňme shelter")[0].id == "tm-yenme-trafficking-shelter"
    written = [one for one in compiler.records()[0] if one.shortName and not one.isReplacedBy]
    assert len(written) > 200
    for one in written[:20]:
        assert one.id in {thing.id for thing in lookup.called(graph, one.shortName)}, one.shortName


def test_a_card_tells_it(graph: Store) -> None:
    card = showing.shown(graph, "kz-presidential-decree-622-2021")
    assert card.short_name == "Decree 622 of 2021"
    assert "\nShort: Decree 622 of 2021\n" in str(card)
    assert "Short:" not in str(showing.shown(graph, "almaty-process"))
    said = CliRunner().invoke(cli.main, ["show", "kz-presidential-decree-622-2021", "--format", "json"]).output
    assert [row["value"] for row in json.loads(said) if row["field"] == "shortName"] == ["Decree 622 of 2021"]


LONG = '"A thing called by very many words that no rule makes any shorter"'


def test_what_fails_is_named_with_why(compile_folder: Callable[[Path], Embedded], tmp_path: Path) -> None:
    import shutil

    data = tmp_path / "data"
    shutil.copytree(Path(__file__).parent / "tiny", data)
    block = '\n[[evidence]]\npassage = "book 900+5 2:' + "ab" * 32 + '"\nat = "line 9"\njurisdiction = ["kz"]\n'
    for name, label, more in (
        ("one", LONG, ""),
        ("two", '"Two"', 'shortName = "Same"\n'),
        ("three", '"Three"', 'shortName = "Same"\n'),
    ):
        path = data / f"kz/laws/kz-law-{name}.toml"
        path.write_text(f'id = "{path.stem}"\nkind = "Law"\nlabel = {label}\n{more}{block}', encoding="utf-8")
    told = {one.id: one.told for one in short_names.failing(compile_folder(data))}
    assert told["kz-law-one"].startswith("none can be made of")
    assert told["kz-law-two"] == "'Same' is that of kz-law-three too, in kz"
    assert "kz-law-three" in told
