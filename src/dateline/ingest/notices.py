"""Notices in which a report says that it corrects, withdraws or updates an earlier text of its own."""

from typing import Final

from dateline.knowledge.pages import load_pages
from dateline.model.vocab import ReportMark

NOTICES: Final = (ReportMark.CORRECTION, ReportMark.RETRACTION, ReportMark.UPDATE)
"""The marks that notices give."""
_ENDS: Final = 6
"""Passages at the beginning, and as many at the end, in which a notice stands."""
_LONGEST: Final = 400
"""Letters of a passage that are looked at."""


def find_notices(text: str) -> dict[ReportMark, str]:
    """The notices of a text, by kind, each with the passage it opens. Only a passage's own beginning is read: a
    report on another's retraction is none.

    >>> find_notices("Dam fails\\n\\nRain fell.\\n\\nCorrection: the dam is on the Velm.")
    {<ReportMark.CORRECTION: 'correction'>: 'Correction: the dam is on the Velm.'}
    """
    passages = [line for line in text.splitlines() if line.strip()]
    if len(passages) > 2 * _ENDS:
        passages = [*passages[:_ENDS], *passages[-_ENDS:]]
    found: dict[ReportMark, str] = {}
    for passage in passages:
        for kind, pattern in load_pages().notices:
            if kind not in found and pattern.match(passage, 0, _LONGEST):
                found[kind] = passage[:_LONGEST].strip()
    return found
