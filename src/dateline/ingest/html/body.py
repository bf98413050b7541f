"""Which pieces of a page are its report.

The body is the element that the page marks as such. Where it marks none, or marks one that holds little of the
page's text, trafilatura says which text is the report's, and the body is the smallest element with nearly all of
that. Around it belong the standfirst and the pictures between the main heading and the body.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Any, Final

from msgspec import Struct

from dateline.ingest.dates import printed_dates
from dateline.ingest.html.facts import names_in
from dateline.ingest.html.pieces import Cut, Piece
from dateline.knowledge.pages import Pages, PhraseKind, Role
from dateline.model.vocab import PassageKind

LEAST: Final = 120
"""Letters of running text that a marked body holds at least where others are marked too."""
MARKED: Final = 0.45
"""The share of the page's running text that a marked body holds at least; else trafilatura is asked."""
NEARLY: Final = 0.9
"""The share of what trafilatura takes that the body holds."""
DECAY: Final = 0.8
"""How much less a paragraph counts for each element further out."""
FEW_LINKS: Final = 0.15
"""The share of letters in links up to which text beside the body belongs to it."""
ALL_LINK: Final = 0.85
"""The share of letters in links from which on a piece points elsewhere."""
_STAMPS: Final = 4
"""Pieces from the beginning of the body in which a byline or date may stand."""
_STAMP_WORDS: Final = 16
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_STOPPED: Final = re.compile(r"[.!?…][\"”’»)]*\s*$")
_LETTERS: Final = re.compile(r"\W+")


class Chosen(Struct, frozen=True):
    """The pieces of the report, in order, without its headline; where its body lies; whether trafilatura was asked."""

    pieces: tuple[Piece, ...]
    body: Any
    first: int
    asked: bool


def choose(
    cut: Cut, tree: Any, heading: Piece | None, pages: Pages, live: bool, told: Collection[str] = frozenset()
) -> Chosen:
    """The pieces of the report. ``told``: how the page describes itself to machines; often by its standfirst."""
    pieces = cut.pieces
    body, asked = _marked(pieces, heading, live), False
    if body is None:
        taken, asked = _taken(cut, tree), True
        body = _densest([p for p in pieces if p.prose and _known(p, taken)] or [p for p in pieces if p.prose], pieces)
    if body is None:
        return Chosen((), None, 0, asked)
    inside = _inside(pieces, body)
    first = next((i for i, one in enumerate(inside) if one), len(pieces))
    start = pieces.index(heading) if heading is not None else first
    frame = _common([heading.element, body]) if heading is not None else body
    framed = _inside(pieces, frame)
    wide = frame.tag in ("body", "html")
    kept: list[Piece] = []
    for i, piece in enumerate(pieces):
        if piece is heading or Role.PAYWALL in piece.roles:
            continue
        if piece.kind is PassageKind.PARAGRAPH and i < first + _STAMPS and is_stamp(piece, pages):
            continue
        if i < first + _STAMPS and is_name_line(pieces, i, pages):
            continue
        if inside[i]:
            if i < start and inside[start] and piece.kind is not PassageKind.CAPTION:
                continue
            early = not any(one.kind is PassageKind.PARAGRAPH and one.prose for one in kept)
            marked = Role.STANDFIRST in piece.roles or (piece.text in told and _is_apart(pieces, i))
            stands = early and marked and piece.kind is PassageKind.PARAGRAPH
            kept.append(_as(piece, PassageKind.STANDFIRST) if stands else piece)
        elif piece.kind is PassageKind.CAPTION:
            if framed[i] and (not wide or start < i < first):
                kept.append(piece)
        elif start < i < first and heading is not None and _is_standfirst(piece):
            labelled = Role.STANDFIRST in piece.roles
            if labelled or not any(one.kind is PassageKind.STANDFIRST for one in kept):
                kept.append(_as(piece, PassageKind.STANDFIRST))
    return Chosen(tuple(_tidied(kept, pages, heading, live)), body, first, asked)


def is_stamp(piece: Piece, pages: Pages) -> bool:
    """Whether a line is a byline or a date and little else."""
    if piece.words > _STAMP_WORDS or piece.tag in ("h1", "h2"):
        return False
    by = re.match(rf"(?:{pages.phrase(PhraseKind.BY).pattern})[\s:]", piece.text, re.IGNORECASE)
    if by and not _STOPPED.search(piece.text) and names_in(piece.text, (), pages):
        return True
    return is_dated(piece)


def is_name_line(pieces: Sequence[Piece], at: int, pages: Pages) -> bool:
    """Whether a line is a name alone, beside a line that is a date."""
    here = pieces[at]
    if here.words > 5 or here.tag in _HEADINGS or names_in(here.text, (), pages) != [here.text]:
        return False
    return any(0 <= i < len(pieces) and is_dated(pieces[i]) for i in (at - 1, at + 1))


def is_dated(piece: Piece) -> bool:
    """Whether a line is a date and little else."""
    days = printed_dates(piece.text) if "://" not in piece.text else []
    return (
        piece.words <= _STAMP_WORDS
        and bool(days)
        and (len(days) > 1 or piece.words <= 9)
        and not _STOPPED.search(piece.text)
    )


def _is_apart(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a paragraph stands in another element than the two after it, which stand in one."""
    after = [p.element.getparent() for p in islice((p for p in pieces[at + 1 :] if p.tag == "p" and p.prose), 2)]
    return len(after) == 2 and after[0] is after[1] is not pieces[at].element.getparent()


def _is_standfirst(piece: Piece) -> bool:
    if piece.linked > 0.5 * len(piece.text):
        return False
    return Role.STANDFIRST in piece.roles or (piece.words >= 8 and piece.kind is PassageKind.PARAGRAPH)


def _as(piece: Piece, kind: PassageKind) -> Piece:
    return Piece(piece.text, kind, piece.tag, piece.element, piece.roles, piece.body, piece.linked)


def _marked(pieces: Sequence[Piece], heading: Piece | None, live: bool) -> Any:
    """The element that the page marks as the report's body, when it holds enough of the page's text."""
    total = sum(p.prose for p in pieces)
    held: dict[Any, int] = defaultdict(int)
    for piece in pieces:
        for mark in _marks(piece.body):
            held[mark] += piece.prose
    if not held or not total:
        return None
    if live:
        # Each entry of a live page is marked as a body of its own.
        return _holder([p for p in pieces if p.prose and p.body is not None])
    run = _run(pieces, heading)
    if len(run) > 1:
        # Each part of the text is marked as a body of its own.
        return _holder([p for p in pieces if p.prose and p.body in run])
    if len(run) == 1 and held[run[0]] >= LEAST:
        others = sum(prose for mark, prose in held.items() if mark is not run[0])
        if others or held[run[0]] >= MARKED * total:
            return run[0]
    best = max(held, key=lambda mark: held[mark])
    return best if held[best] >= MARKED * total else None


def _run(pieces: Sequence[Piece], heading: Piece | None) -> list[Any]:
    """The marked bodies below the main heading, up to another heading of its rank outside of them: whole other
    reports may follow."""
    if heading is None:
        return []
    run: list[Any] = []
    for piece in pieces[pieces.index(heading) + 1 :]:
        if piece.body is None and run and piece.tag in ("h1", heading.tag):
            break
        if piece.body is not None and piece.prose and piece.body not in run:
            run.append(piece.body)
    return run


def _marks(body: Any) -> Iterable[Any]:
    return () if body is None else (body,)


def _taken(cut: Cut, tree: Any) -> str:
    """The text that trafilatura takes for the report's, without white space and punctuation. What was left out of
    the pieces is taken from the tree first."""
    from lxml import etree, html
    from trafilatura import bare_extraction
    from trafilatura.settings import Extractor

    for element in cut.out:
        parent = element.getparent()
        if parent is not None:
            before = element.getprevious()
            if before is not None:
                before.tail = f"{before.tail or ''}{element.tail or ''}"
            else:
                parent.text = f"{parent.text or ''}{element.tail or ''}"
            parent.remove(element)
    parser = html.HTMLParser(encoding="utf-8")
    try:
        copied = html.document_fromstring(etree.tostring(tree, encoding="utf-8", method="html"), parser=parser)
        found = bare_extraction(copied, options=Extractor(fast=True, comments=False, precision=True))
    except Exception:
        # Its own defects on strange pages are no reason to lose the page.
        return ""
    return _LETTERS.sub("", str(getattr(found, "raw_text", None) or "")).casefold()


def _known(piece: Piece, taken: str) -> bool:
    letters = _LETTERS.sub("", piece.text).casefold()
    return bool(letters) and letters[:80] in taken


def _densest(prose: Sequence[Piece], pieces: Sequence[Piece]) -> Any:
    """The element with the most running text close below it, widened while that adds more text and few links."""
    weights: dict[Any, float] = defaultdict(float)
    held: dict[Any, int] = defaultdict(int)
    for piece in prose:
        weight = float(piece.prose)
        for element in (piece.element, *piece.element.iterancestors()):
            held[element] += piece.prose
            # An element that is itself a paragraph holds no other.
            weights[element] += weight * (0.5 if element is piece.element else 1.0)
            weight *= DECAY
    if not weights:
        return None
    best = max(weights, key=lambda element: weights[element])
    inside = _inside(pieces, best)
    for above in best.iterancestors():
        if held[above] <= held[best] or above.tag in ("body", "html"):
            continue
        wider = _inside(pieces, above)
        added = [p for p, new, old in zip(pieces, wider, inside, strict=True) if new and not old and p.tag != "h1"]
        letters = sum(len(p.text) for p in added)
        if sum(p.linked for p in added) > FEW_LINKS * letters:
            break
        best, inside = above, wider
    return best


def _holder(pieces: Sequence[Piece]) -> Any:
    """The smallest element that holds nearly all of these pieces."""
    if not pieces:
        return None
    total = sum(len(p.text) for p in pieces)
    held: dict[Any, int] = defaultdict(int)
    depth: dict[Any, int] = {}
    for piece in pieces:
        line = [piece.element, *piece.element.iterancestors()]
        # A paragraph's text is held by what stands around it, a bare text by its own element.
        for level, element in enumerate(line):
            held[element] += len(piece.text)
            depth[element] = len(line) - level
    enough = [element for element, letters in held.items() if letters >= NEARLY * total]
    return max(enough, key=lambda element: depth[element])


def _common(elements: Sequence[Any]) -> Any:
    first, *others = elements
    chains = [{other, *other.iterancestors()} for other in others]
    return next(one for one in (first, *first.iterancestors()) if all(one in chain for chain in chains))


def _inside(pieces: Sequence[Piece], holder: Any) -> list[bool]:
    known: dict[Any, bool] = {holder: True}

    def within(element: Any) -> bool:
        chain = []
        one = element
        while one is not None and one not in known:
            chain.append(one)
            one = one.getparent()
        answer = known[one] if one is not None else False
        known.update(dict.fromkeys(chain, answer))
        return answer

    return [within(piece.element) for piece in pieces]


def _tidied(pieces: list[Piece], pages: Pages, heading: Piece | None, live: bool) -> list[Piece]:
    """The pieces without lines that point elsewhere, buttons' words, headings with nothing below, and repetitions."""
    drop, lead = pages.phrase(PhraseKind.DROP), pages.phrase(PhraseKind.LEAD)
    kept: list[Piece] = []
    for piece in pieces:
        caption = piece.kind is PassageKind.CAPTION
        links = piece.linked >= ALL_LINK * len(piece.text) and not caption
        if not caption and drop.fullmatch(piece.text):
            continue
        if links and (
            piece.kind is PassageKind.BULLET
            or piece.tag in _HEADINGS
            or not _STOPPED.search(piece.text)
            or lead.match(piece.text)
        ):
            continue
        if heading is not None and piece.text == heading.text:
            continue
        if not any(c.isalnum() for c in piece.text):
            continue
        kept.append(piece)
    seen: set[str] = set()
    unique: list[Piece] = []
    prose = " ".join(p.text for p in kept if p.kind is PassageKind.PARAGRAPH)
    for piece in kept:
        if len(piece.text) >= 40 and piece.text in seen:
            continue
        if piece.kind is PassageKind.QUOTE and Role.QUOTE in piece.roles and piece.text.strip("“”\"'") in prose:
            continue
        seen.add(piece.text)
        unique.append(piece)
    while unique and unique[-1].tag in _HEADINGS and not live:
        unique.pop()
    return [p for i, p in enumerate(unique) if not _empty_head(unique, i)]


def _empty_head(pieces: list[Piece], at: int) -> bool:
    """A heading straight before another of its rank heads nothing: what it headed was left out."""
    here, after = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
    return here.tag in _HEADINGS and after is not None and after.tag == here.tag and here.tag != "h1"
