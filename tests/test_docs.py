"""The documentation is complete and up to date."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import click
import pytest

import dateline
from dateline.cli.main import COMMANDS
from dateline.cli.main import dateline as group
from dateline.export.tables import CONTRACT, columns

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")), *sorted(DOCS.rglob("*.md"))]


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_up_to_date(generate: ModuleType) -> None:
    # Making the pages also raises where a column, term or docstring is missing or left over.
    stale = [path.name for path, text in generate.pages().items() if path.read_text(encoding="utf-8") != text]
    assert not stale, "run `make docs`"


def test_a_term_without_a_meaning_is_found(generate: ModuleType) -> None:
    with pytest.raises(generate.IncompleteError, match="lacks planned"):
        generate._match("here", {"occurred"}, {"occurred", "planned"})


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_documented(name: str) -> None:
    page = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    section = page.partition(f"## dateline {name}\n")[2].partition("\n## ")[0]
    command = group.get_command(click.Context(group), name)
    assert command
    assert "Example" in section
    for option in (p for p in command.params if isinstance(p, click.Option)):
        assert option.help, option.name
        assert all(f"{spelling}" in section for spelling in option.opts)


@pytest.mark.parametrize("table", CONTRACT, ids=str)
def test_every_column_is_documented(table: str) -> None:
    page = (DOCS / "reference" / "tables.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## {table}\n")[2].partition("\n## ")[0]
    for column in columns(table):
        assert f"| `{column.name}` |" in section


@pytest.mark.parametrize("name", dateline.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    assert f"\n## {name}\n" in (DOCS / "reference" / "python.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target, anchor in re.findall(r"\]\(([^)#\s]*)(#[^)\s]*)?\)", text):
        if target.startswith(("http://", "https://")):
            continue
        found = page.parent / target if target else page
        assert found.exists() or found.name == "brief.png", f"{target} is not there"
        if anchor and found.suffix == ".md":
            assert anchor[1:] in _anchors(found), f"{target}{anchor} is not there"


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
