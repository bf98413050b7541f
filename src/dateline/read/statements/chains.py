"""Chains: which of those named beside a cue said it, and which only passed it on.

``Draft.source`` is the nearest relay and comes last in ``via``; relays that are statements of their own ("X said Y had
told Z") are found where contents nest, in ``gather``.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from dateline.knowledge.lexicon.statements import CueKind
from dateline.model.vocab import CueClass
from dateline.read.statements.ground import Draft, Ground, Range, is_verb, relaying, speaker_range


def link_chains(ground: Ground, found: list[Draft]) -> list[Draft]:
    """The drafts with speakers and relays told apart, those that only relay left out. Contents are not settled yet."""
    relayed = {
        relaying(ground.tokens, draft.head) for draft in found if draft.source is not None and draft.head is not None
    }
    found = [draft for draft in found if draft.head not in relayed]
    _cite(ground, found)
    _as_saying(ground, found)
    _carried_by(ground, found)
    _according_to(found)
    return found


def passed_on(drafts: list[Draft]) -> list[Draft]:
    """One statement of "..., officials said, the agency reported": what the nearer said, by way of the other."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.cue_range or (0, 0)):
        nearer = next((d for d in kept if d.content == draft.content and d.cue_range != draft.cue_range), None)
        if nearer is None or nearer.speaker is None or draft.speaker is None or nearer.speaker == draft.speaker:
            kept.append(draft)
        elif draft.content[-1][1] <= (draft.cue_range or (0, 0))[0]:
            nearer.via = [draft, *nearer.via]
        else:
            kept.append(draft)
    return kept


def _cite(ground: Ground, found: list[Draft]) -> None:
    """Give "X, citing people, said" to the people, by way of X. A cited document stays what X says."""
    tokens = ground.tokens
    for cited in [draft for draft in found if draft.cue is not None and draft.cue.relays]:
        if cited.head is None or tokens.tags[cited.head] != "VBG":
            continue
        source = tokens.child(cited.head, "dobj")
        saying = next((d for d in found if d.head == tokens.heads[cited.head] and d is not cited), None)
        if source is None or saying is None or saying.speaker is None or saying.source is not None:
            continue
        lemma = tokens.lemmas[source].lower()
        if lemma not in ground.words.persons and lemma not in ground.words.unnamed:
            continue
        speaker = ground.trim(tokens.subtree(source))
        start, end = saying.speaker
        saying.source = ground.trim((start, cited.head) if start < cited.head < end else saying.speaker)
        saying.speaker, saying.speaker_head, saying.stands_for = speaker, source, None
        found.remove(cited)


def _as_saying(ground: Ground, found: list[Draft]) -> None:
    """Give "A quoted X as saying" and "X was quoted by A as saying" to X, by way of A."""
    tokens = ground.tokens
    for saying in _sayings(ground):
        quoting = next((a for a in tokens.ancestors(saying) if is_verb(tokens, a)), saying)
        draft = next((d for d in found if d.head == saying), None)
        if tokens.lemmas[quoting] not in ground.words.relays:
            continue
        quoted = tokens.child(quoting, "dobj")
        if quoted is None:
            relays = (tokens.child(c, "pobj") for v in (saying, quoting) for c in tokens.children(v) if _by(ground, c))
            relay = next((r for r in relays if r is not None), None)
            if draft is not None and relay is not None:
                draft.source = speaker_range(ground, relay, saying)
            continue
        whole = next((d for d in found if d.head == quoting), None)
        if draft is None and whole is not None:
            draft = _said_before(ground, whole, saying, quoting)
            found.extend([draft] if draft is not None else [])
        if draft is not None and draft.source is None:
            draft.source, draft.stands_for = draft.stands_for or draft.speaker, None
            draft.speaker, draft.speaker_head = speaker_range(ground, quoted, saying - 1), quoted
            found[:] = [d for d in found if d is not whole]


def _sayings(ground: Ground) -> Iterator[int]:
    """The "saying" of "as saying"."""
    tokens = ground.tokens
    for i, tag in enumerate(tokens.tags):
        said_as = tag == "VBG" and i and tokens.lower[i - 1] == "as" and tokens.heads[i] == i - 1
        if said_as and any(frame.plain for frame in ground.cues.verbs.get(tokens.lemmas[i], ())):
            yield i


def _said_before(ground: Ground, whole: Draft, saying: int, quoting: int) -> Draft | None:
    """The statement of "..., A quoted X as saying", whose content stands before the relay."""
    clause = ground.tokens.child(quoting, "ccomp")
    if clause is None or clause > quoting:
        return None
    content = [ground.tokens.subtree(clause)]
    return replace(whole, head=saying, cue_range=(saying - 1, saying + 1), content=content)


def _by(ground: Ground, token: int) -> bool:
    return ground.tokens.lower[token] == "by" and ground.tokens.deps[token] in ("agent", "prep")


def _carried_by(ground: Ground, found: list[Draft]) -> None:
    """The agency of "X, quoted by an agency, said" and "X said, in remarks carried by an agency" is a relay."""
    tokens = ground.tokens
    for participle, tag in enumerate(tokens.tags):
        if tag != "VBN" or tokens.lemmas[participle] not in ground.words.relays:
            continue
        agent = tokens.child(participle, "agent") if tokens.deps[participle] in ("acl", "advcl") else None
        relay = tokens.child(agent, "pobj") if agent is not None else None
        if relay is None or ground.quotation_at(participle) is not None:
            continue
        draft = next((d for d in found if _hangs_on(ground, d, participle)), None)
        if draft is None or draft.source is not None:
            continue
        draft.source = speaker_range(ground, relay, participle)
        low, high = tokens.subtree(participle)
        draft.content = [part for whole in draft.content for part in _without(whole, (low, high))]
        if draft.speaker is not None and draft.speaker[0] < low < draft.speaker[1]:
            draft.speaker = ground.trim((draft.speaker[0], low))
        found[:] = [d for d in found if d.head != participle]


def _hangs_on(ground: Ground, draft: Draft, participle: int) -> bool:
    """Whether a participle tells of the speaker, of the saying or of where it was said."""
    tokens, head = ground.tokens, draft.head
    if head is None or draft.cue is None or draft.cue.cue_class is not CueClass.SPEECH:
        return False
    governor = tokens.heads[participle]
    inserted = tokens.deps[head] == "parataxis" and tokens.heads[head] == governor
    venue = tokens.deps[governor] == "pobj" and tokens.heads[tokens.heads[governor]] == head
    return governor in (head, draft.speaker_head) or (inserted and participle > head) or venue


def _according_to(found: list[Draft]) -> None:
    """Keep the source of "..., officials said, according to the agency" out of what the officials said."""
    for source in found:
        if source.cue is None or source.cue.kind is not CueKind.SOURCE or not source.cue_range or not source.speaker:
            continue
        own = (source.cue_range[0], max(source.cue_range[1], source.speaker[1]))
        for draft in found:
            if draft is not source and draft.head is not None and source.covers(draft.head) and draft.covers(own[0]):
                draft.content = [part for whole in draft.content for part in _without(whole, own)]


def _without(whole: Range, drop: Range) -> list[Range]:
    parts = [(whole[0], min(whole[1], drop[0])), (max(whole[0], drop[1]), whole[1])]
    return [part for part in parts if part[0] < part[1]]
