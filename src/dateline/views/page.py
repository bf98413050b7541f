"""What a brief is made of: sections of rows, each row footnoted with the words that it rests on."""

from msgspec import Struct

from dateline.model.span import Span


class Note(Struct, frozen=True, kw_only=True):
    """A footnote: the words of one report. ``context`` is their sentence, ``record`` the row's id."""

    number: int
    report: str
    span: Span
    quote: str
    context: str
    record: str


class Row(Struct, frozen=True, kw_only=True):
    """One line of a section. ``cells`` has one text for each column; ``why`` says how it was found."""

    id: str
    cells: tuple[str, ...]
    notes: tuple[int, ...]
    why: str = ""


class Section(Struct, frozen=True, kw_only=True):
    """A table of the brief. ``empty`` is what is said when it has no rows."""

    key: str
    title: str
    intro: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str


class ReportText(Struct, frozen=True, kw_only=True):
    """A report as the page shows it, with the stretches that notes point to. ``label`` is its short name.

    ``judging`` are the evaluative words of the reporter.
    """

    id: str
    label: str
    title: str
    line: str
    text: str
    judging: tuple[Span, ...]
    notes: tuple[Note, ...]


class Brief(Struct, frozen=True, kw_only=True):
    """The whole brief. ``scope`` says at its head what it leaves out, ``facts`` are its counts, as (label, value)."""

    title: str
    scope: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    reports: tuple[ReportText, ...]
