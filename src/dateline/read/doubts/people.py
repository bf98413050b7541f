"""Doubts about people, as the room of suspects found them: names, roles, sexes."""

from collections.abc import Iterator

from dateline.model.span import Span
from dateline.read.doubts.found import Found
from dateline.read.reading import Reading
from dateline.read.suspects import suspects


def suspected(reading: Reading) -> Iterator[Found]:
    """Every suspect, on its mention or, where the doubt is about a pronoun, on the pronoun."""
    mentions = {mention.id: mention for mention in reading.annotated.mentions}
    for suspect in suspects(reading):
        mention = mentions.get(suspect.mention_id)
        if mention is None:
            continue
        span = Span(*suspect.pronoun) if suspect.pronoun is not None else mention.evidence.span
        yield Found(
            kind=suspect.kind,
            span=span,
            because=suspect.because,
            record=mention.id,
            suggestion=suspect.suggestion,
            score=suspect.score,
        )
