"""``dateline kb``: what was imported is known, listed, replaced and forgotten; exit codes as those of ``add``."""

import json
from pathlib import Path

from tests.cli.conftest import Call

TABLE = "position,person,personID,start,end,gender\nMinister of Defence,Nuriya Vendrel,Q987654321,2029-01-01,,female\n"


def test_imported_names_are_known_and_their_entities_have_ids(call: Call) -> None:
    Path("norway.csv").write_text(TABLE, encoding="utf-8")
    done = call("kb", "import", "norway.csv")
    assert (done.code, done.complaints) == (0, [])
    assert "1 actors, 1 tenures" in done.out
    Path("r.txt").write_text("Nuriya Vendrel spoke in Velmar on Monday.", encoding="utf-8")
    assert call("add", "r.txt", "--published", "2031-05-06").code == 0
    listed = [json.loads(line) for line in call("query", "entities", "--json").out.splitlines()]
    assert [row["wikidata"] for row in listed if row["name"] == "Nuriya Vendrel"] == ["Q987654321"]


def test_a_bad_row_and_a_bad_file_are_named_and_the_rest_is_in(call: Call) -> None:
    Path("norway.csv").write_text(TABLE + "Prime Minister,Tovik Amsel,,2031,2030,male\n", encoding="utf-8")
    done = call("kb", "import", "norway.csv", "missing.csv", "--json")
    assert done.code == 1
    assert any("norway.csv, line 3" in line for line in done.complaints)
    assert any("missing.csv" in line for line in done.complaints)
    told = json.loads(done.out)
    assert (told["files"][0]["actors"], told["files"][0]["refused"][0]["line"]) == (1, 3)
    assert list(told["failed"]) == ["missing.csv"]


def test_nothing_at_all_is_exit_four(call: Call) -> None:
    Path("x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert call("kb", "import", "x.csv").code == 4


def test_an_unknown_country_is_the_calls_error(call: Call) -> None:
    Path("x.csv").write_text(TABLE, encoding="utf-8")
    assert call("kb", "import", "x.csv", "--country", "Nowhereland").code == 2


def test_the_same_file_twice_changes_nothing_and_a_new_one_takes_its_place(call: Call) -> None:
    Path("norway.csv").write_text(TABLE, encoding="utf-8")
    call("kb", "import", "norway.csv")
    first = call("kb", "list").out
    assert "already there" in call("kb", "import", "norway.csv").out
    assert call("kb", "list").out == first
    Path("norway.csv").write_text(TABLE.replace("Nuriya Vendrel", "Tovik Amsel"), encoding="utf-8")
    call("kb", "import", "norway.csv")
    assert call("kb", "list").out != first
    assert len(call("kb", "list", "--json").out.splitlines()) == 1


def test_what_is_forgotten_is_gone(call: Call) -> None:
    Path("norway.csv").write_text(TABLE, encoding="utf-8")
    call("kb", "import", "norway.csv")
    assert call("kb", "forget", "norway.csv").code == 0
    assert call("kb", "list", "--json").out == ""
    assert call("kb", "forget", "norway.csv").code == 4
