"""What a statement is about: the named things that its content turns on."""

from collections.abc import Iterator, Sequence

from dateline.knowledge.lexicon.statements import Takes
from dateline.model.vocab import Act
from dateline.nlp.base import Tokens
from dateline.read.statements.ground import Draft, Ground, Range
from dateline.read.statements.sides import Names

MOST = 3
"""A statement is about so many things at most; those further from its main verb are named in passing."""

_CORE = ("nsubj", "nsubjpass", "dobj", "attr", "oprd", "agent", "dative")
_JUDGING = frozenset({Act.ACCUSE, Act.CONDEMN, Act.PRAISE})


def about_of(
    ground: Ground, draft: Draft, parts: Sequence[Range], names: Names, speaker: str | None
) -> tuple[str, ...]:
    """The referents that a content is about, the main one first; never the speaker alone.

    Of somebody accused, blamed, praised or condemned as the cue's object, that party only. Else the names in subject
    and object of the content's main verbs, then those beside them in order of the text, at most three.
    """
    found: list[str] = []
    for part in _objects(ground.tokens, draft, parts) or (*_core(ground.tokens, parts), *parts):
        for referent in names.within(ground.span(part)):
            if referent.id != speaker and referent.id not in found:
                found.append(referent.id)
    return tuple(found[:MOST])


def _objects(tokens: Tokens, draft: Draft, parts: Sequence[Range]) -> list[Range]:
    """The party that the cue judges: its object or the subject of its passive, without what hangs on it."""
    cue = draft.cue
    if cue is None or cue.act not in _JUDGING or Takes.OBJECT not in cue.takes or draft.head is None:
        return []
    judged = tokens.child(draft.head, "dobj", "nsubjpass")
    if judged is None or not any(start <= judged < end for start, end in parts):
        return []
    start, end = tokens.subtree(judged)
    hanging = [tokens.subtree(c)[0] for c in tokens.children(judged) if c > judged]
    return [(start, min([end, *hanging]))]


def _core(tokens: Tokens, parts: Sequence[Range]) -> Iterator[Range]:
    for start, end in parts:
        for root in range(start, end):
            if start <= tokens.heads[root] < end and tokens.heads[root] != root:
                continue
            for child in tokens.having(root, *_CORE):
                if start <= child < end:
                    low, high = tokens.subtree(child)
                    yield max(start, low), min(end, high)
