"""docs/quality.md: figures stand in sections that a command renews, words of people between them."""

from collections.abc import Iterable
from datetime import UTC, datetime

from benchmarks.common import ROOT

PAGE = ROOT / "docs" / "quality.md"


def put_section(name: str, command: str, lines: Iterable[str]) -> None:
    """Put ``lines`` in place of the page's section ``name``, with today's date and the command.

    Raises ValueError when the page has no such section.
    """
    today = datetime.now(UTC).date().isoformat()
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(renewed(page, name, [f"Measured on {today} with `{command}`.", "", *lines]), encoding="utf-8")


def renewed(page: str, name: str, lines: Iterable[str]) -> str:
    """The page with another section ``name``.

    >>> print(renewed("before\\n<!-- speed -->\\nold\\n<!-- end of speed -->\\nafter", "speed", ["new"]))
    before
    <!-- speed -->
    new
    <!-- end of speed -->
    after
    """
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, opened, rest = page.partition(start)
    _, closed, after = rest.partition(end)
    if not opened or not closed:
        raise ValueError(f"{PAGE.name} has no section {name!r}")
    return before + start + "\n".join(lines).rstrip("\n") + "\n" + end + after
