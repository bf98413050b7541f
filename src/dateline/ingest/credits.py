"""The agency or outlet whose text a report says it carries."""

from collections.abc import Iterable, Sequence

from dateline.knowledge.pages import Pages, load_pages

FOOT = 4
"""Passages from the end in which a credit may stand."""
TOP = 2
"""Passages from the top in which one may stand."""
LINE = 220
"""Letters of a passage's end that are searched: a credit is short, or ends a passage."""


def credited_agency(
    passages: Sequence[str], bylines: Iterable[str] = (), own: str | None = None, pages: Pages | None = None
) -> str | None:
    """The agency that bylines or the first and last passages credit, under its own name; ``own`` is the outlet.

    >>> credited_agency(["Rain fell at Arden.", "This article was first published by Northline Wire."])
    'Northline Wire'
    >>> credited_agency(["Rain fell.", "The dam burst, Reuters reported."]) is None
    True
    """
    pages = pages or load_pages()
    places = [*bylines, *reversed(passages[-FOOT:]), *passages[:TOP]]
    for text in places:
        short = text if len(text) <= LINE else text[-LINE:]
        for n, pattern in enumerate(pages.credits):
            match = pattern.search(short if n < len(pages.credits) - 1 else text[:LINE])
            if match is None:
                continue
            groups = match.groupdict()
            name = pages.agencies.get(groups.get("agency") or "") or (groups.get("name") or "").strip(" .")
            name = name.removeprefix("the ").strip()
            if name and name.casefold() != (own or "").casefold():
                return name
    return None
