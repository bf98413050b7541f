"""The ground that the rules of a passage stand on: its tokens, its quotations, the lexicon; and who is subject."""

from bisect import bisect_right
from functools import cached_property

from msgspec import Struct, field

from dateline.knowledge.lexicon.statements import Cue, Cues, SpeakerWords
from dateline.model.records import Quotation
from dateline.model.span import Span
from dateline.nlp.base import Tokens

VERBAL = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
CLAUSAL = frozenset({"ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis", "acl", "pcomp", "xcomp", "csubj"})
_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "ADP", "PART", "CCONJ"})
SUBJECTS = ("nsubj", "nsubjpass")
RELATIVE = frozenset({"WDT", "WP"})
QUOTES = frozenset({'"', "''", "``", "“", "”", "’", "'", "»"})

Range = tuple[int, int]
"""A half-open range of token indices."""


class Draft(Struct, kw_only=True):
    """A statement on its way: tokens by index, content as token ranges that later become spans."""

    cue: Cue | None
    cue_range: Range | None
    head: int | None
    speaker: Range | None
    speaker_head: int | None = None
    stands_for: Range | None = None
    """What a relative pronoun as the speaker stands for: its antecedent, which ``speaker_head`` heads."""
    content: list[Range] = field(default_factory=list)
    quotations: list[int] = field(default_factory=list)
    addressee: Range | None = None
    via: list["Draft"] = field(default_factory=list)
    source: Range | None = None
    passive: bool = False
    announces: bool = False
    """Whether what is said stands in the next sentence or, after a colon, in the next passage ("She said:")."""
    score: float = 1.0
    because: str = ""

    def covers(self, token: int) -> bool:
        """Whether a token lies in the content."""
        return any(start <= token < end for start, end in self.content)


class Ground:
    """One passage: what the rules may look at.

    ``quotations`` are those that say something, outermost only; ``scares`` are the ranges of those that do not.
    ``turn``: the passage is one of several in a row that open with a name and a colon, as in a transcript.
    """

    def __init__(
        self, tokens: Tokens, quotations: list[Quotation], cues: Cues, words: SpeakerWords, turn: bool = False
    ) -> None:
        self.tokens = tokens
        self.cues = cues
        self.words = words
        self.turn = turn
        self.quotations: list[Quotation] = []
        self.ranges: list[Range] = []
        self.scares: list[Range] = []
        for quotation in quotations:
            outer = quotation.evidence.span
            first, last = tokens.within(outer)
            inner = self.quotations and self.quotations[-1].evidence.span.contains(outer)
            if last > first and quotation.scare:
                self.scares.append((first, last))
            elif last > first and not inner:
                if not quotation.closed:
                    last = self._said_inside(first, last)
                self.quotations.append(quotation)
                self.ranges.append((first, last))

    @cached_property
    def _firsts(self) -> list[int]:
        return [first for first, _ in self.ranges]

    def quotation_at(self, token: int) -> int | None:
        """The index of the quotation that holds a token, or None."""
        index = bisect_right(self._firsts, token) - 1
        return index if index >= 0 and token < self.ranges[index][1] else None

    def _said_inside(self, first: int, last: int) -> int:
        """Where an unclosed quotation ends: before a comma and "NAME said" that close its first sentence."""
        tokens = self.tokens
        for i in range(first + 2, min(last, tokens.sentence(first)[1])):
            if not is_verb(tokens, i) or not any(frame.plain for frame in self.cues.verbs.get(tokens.lemmas[i], ())):
                continue
            subject = tokens.child(i, "nsubj")
            if subject is None or subject < first + 2:
                continue
            low = min(tokens.subtree(subject)[0], i)
            after = tokens.words[i + 1] if i + 1 < len(tokens) else "."
            ends = low
            while ends > first and tokens.words[ends - 1] in QUOTES:
                ends -= 1
            if tokens.words[ends - 1] == "," and (ends < low or subject > i or after in (".", ",", "!", "?")):
                return low
        return last

    def span(self, tokens: Range) -> Span:
        """The span of a token range."""
        return self.tokens.span(*tokens)

    def trim(self, tokens: Range) -> Range | None:
        """The range without punctuation at its ends, or None when nothing else is in it."""
        start, end = tokens
        pos = self.tokens.pos
        while start < end and pos[start] in ("PUNCT", "SPACE") and self.tokens.words[start] not in "([":
            start += 1
        while end > start and pos[end - 1] in ("PUNCT", "SPACE") and self.tokens.words[end - 1] not in ")]":
            end -= 1
        return (start, end) if end > start else None


def is_verb(tokens: Tokens, token: int) -> bool:
    """Whether a token is a verb form."""
    return tokens.tags[token] in VERBAL


def clause_of(tokens: Tokens, token: int) -> int:
    """The verb (or other head) of the clause that a token stands in."""
    if tokens.deps[token] in CLAUSAL:
        return token
    for above in tokens.ancestors(token):
        token = above
        if tokens.deps[above] in CLAUSAL:
            break
    return token


def relaying(tokens: Tokens, verb: int) -> int | None:
    """The verb before an infinitive ("cited reports to say"); the parse may hang the infinitive on the object."""
    head = tokens.heads[verb]
    if tokens.child(verb, "aux") is None:
        return None
    if tokens.deps[verb] == "acl" and tokens.deps[head] == "dobj":
        return tokens.heads[head]
    return head if tokens.deps[verb] in ("xcomp", "advcl") else None


def subject_of(tokens: Tokens, verb: int) -> int | None:
    """The head of a verb's subject: its own, or the one that it shares, inherits or modifies.

    Own subject; the head's for a conjunct, an open complement, an adverbial or a verb under a preposition; the
    antecedent for a relative clause or a participle. At most six steps up.
    """
    for _ in range(6):
        own = _nearest_subject(tokens, verb)
        if own is not None:
            if tokens.tags[own] in RELATIVE and (above := _antecedent(tokens, verb)) is not None:
                return above
            return own
        dep, head = tokens.deps[verb], tokens.heads[verb]
        if head == verb:
            return _swallowed(tokens, verb) or _astray(tokens, verb)
        if dep == "conj":
            head = conjunct_of(tokens, verb)
        if dep == "acl" and tokens.tags[verb] == "VBG" and tokens.words[verb - 1] == ",":
            # ", saying ..." after a noun goes with the clause, not with the noun.
            governor = next((a for a in tokens.ancestors(verb) if is_verb(tokens, a)), None)
            if governor is None:
                return head
            verb = _told_above(tokens, governor)
            continue
        if dep in ("acl", "relcl") and tokens.pos[head] in ("NOUN", "PROPN", "PRON"):
            if tokens.child(verb, "aux") is None or dep == "relcl":
                return head
            # "her decision to say": whoever owns the noun.
            owner = tokens.child(head, "poss")
            return owner if owner is not None else _light_subject(tokens, head)
        controller = tokens.child(head, "dobj") if dep == "xcomp" and tokens.child(verb, "aux") is not None else None
        if controller is not None and controller > head:
            return controller
        if dep in ("pcomp", "prep"):
            head = next((a for a in tokens.ancestors(verb) if is_verb(tokens, a) or tokens.pos[a] == "AUX"), verb)
            if head == verb:
                return None
        elif not (is_verb(tokens, head) or tokens.pos[head] in ("AUX", "ADJ")):
            return None
        elif dep == "advcl" and tokens.tags[verb] == "VBG" and tokens.words[verb - 1] == "," and head < verb:
            head = _told_above(tokens, head)
        verb = head
    return None


def _told_above(tokens: Tokens, verb: int) -> int:
    """The verb that governs ", adding ...": where the parse hung it inside what is told ("Sall said that the dam was
    weak, adding ..."), the verb that tells it."""
    while tokens.deps[verb] == "ccomp" and tokens.heads[verb] < verb and is_verb(tokens, tokens.heads[verb]):
        verb = tokens.heads[verb]
    return verb


def _nearest_subject(tokens: Tokens, verb: int) -> int | None:
    """The last of a verb's subjects: what stands before a second one is the start of what is said ("The fact that
    he came, Sall said")."""
    return next(iter(reversed(tokens.having(verb, *SUBJECTS))), None)


def _astray(tokens: Tokens, verb: int) -> int | None:
    """The subject that the parse gave to a clause beside the verb ("Villagers fleeing the flood said they ...", "...,"
    said Sall, who ...), or that it hung on the verb as a modifier."""
    after = [c for c in tokens.having(verb, "ccomp") if c > verb]
    for clause in tokens.having(verb, "ccomp"):
        subject = tokens.child(clause, *SUBJECTS)
        if subject is None or tokens.pos[subject] not in ("NOUN", "PROPN"):
            continue
        first = tokens.subtree(subject)[0]
        if clause < verb and after and first - tokens.sentence(verb)[0] <= 1 and tokens.words[verb - 1] not in QUOTES:
            return subject
        if clause > verb and first == verb + 1 and tokens.words[verb - 1] in QUOTES:
            return subject
    return standing_before(tokens, verb)


def standing_before(tokens: Tokens, verb: int) -> int | None:
    """The head of the phrase that ends right before a verb or its auxiliaries."""
    last = verb - 1
    while last > 0 and (tokens.pos[last] in ("AUX", "ADV", "PART") or tokens.words[last] == ","):
        last -= 1
    if last < 0 or tokens.pos[last] not in ("PROPN", "NOUN", "INTJ"):
        return None
    if any(first <= last < end and label in _DATES for first, end, label in tokens.ents):
        return None
    start = tokens.sentence(verb)[0]
    while start <= (above := tokens.heads[last]) < verb and tokens.pos[above] in ("PROPN", "NOUN", "ADP"):
        if above == last or (tokens.deps[last] == "appos" and tokens.deps[above] == "pobj"):
            break
        if any(tokens.words[i] in QUOTES for i in range(min(above, last), max(above, last))):
            break
        last = above
    return last if tokens.pos[last] != "ADP" else None


def relative_of(tokens: Tokens, verb: int) -> int | None:
    """The relative pronoun that is a verb's subject, its own or one that it inherits: "who came and said"."""
    for _ in range(6):
        own = tokens.child(verb, *SUBJECTS)
        if own is not None:
            return own if tokens.tags[own] in RELATIVE and _antecedent(tokens, verb) is not None else None
        if tokens.deps[verb] not in ("conj", "xcomp", "advcl", "acl"):
            return None
        verb = tokens.heads[verb]
    return None


def _swallowed(tokens: Tokens, verb: int) -> int | None:
    """The subject that the parse took into an opening phrase: "On Friday Sall said", "In the palace Sall said"."""
    for preposition in tokens.having(verb, "prep"):
        thing = tokens.child(preposition, "pobj")
        if thing is None or thing > verb or tokens.pos[thing] != "PROPN":
            continue
        if _name_from(tokens, thing) is not None:
            return thing
    return None


def _name_from(tokens: Tokens, last: int) -> int | None:
    """Where a name ending in ``last`` starts, if a date or place that is not part of it stands right before."""
    first = next((a for a, b, label in tokens.ents if a <= last < b and label == "PERSON"), last)
    before = next((label for _, b, label in tokens.ents if b == first), None)
    return first if before in ("DATE", "TIME", "GPE", "FAC") else None


def conjunct_of(tokens: Tokens, verb: int) -> int:
    """The verb that a conjunct is joined to: where the parse joins a past tense to "will" and its like inside a
    content ("said it would fight, and promised ..."), the cue above, if that is in the past tense; so too where a
    quotation follows ("said it was late and added, “...”")."""
    head = tokens.heads[verb]
    if (
        tokens.deps[head] == "ccomp"
        and tokens.tags[verb] == tokens.tags[tokens.heads[head]]
        and (any(word in QUOTES for word in tokens.words[verb + 1 : verb + 3]) or _tells(tokens, verb))
    ):
        return tokens.heads[head]
    if (
        tokens.tags[verb] != "VBD"
        or tokens.tags[head] != "VB"
        or not any(tokens.tags[a] == "MD" for a in tokens.having(head, "aux"))
    ):
        return head
    if tokens.deps[head] == "ccomp" and tokens.tags[tokens.heads[head]] == "VBD":
        return tokens.heads[head]
    return head


def _tells(tokens: Tokens, verb: int) -> bool:
    """Whether a verb has a clause with "that" of its own."""
    return any(
        (mark := tokens.child(clause, "mark")) is not None and tokens.lower[mark] == "that"
        for clause in tokens.having(verb, "ccomp")
    )


def _antecedent(tokens: Tokens, verb: int) -> int | None:
    for _ in range(3):
        if tokens.deps[verb] == "relcl":
            return tokens.heads[verb]
        if tokens.deps[verb] not in ("conj", "ccomp", "xcomp"):
            return None
        verb = tokens.heads[verb]
    return None


def _light_subject(tokens: Tokens, noun: int) -> int | None:
    head = tokens.heads[noun]
    return subject_of(tokens, head) if tokens.deps[noun] in ("dobj", "attr") and is_verb(tokens, head) else None


def speaker_range(ground: Ground, head: int, away_from: int) -> Range | None:
    """The words of a speaker's phrase: apposition and parenthesis kept, relative clauses and quotations left out.

    ``away_from`` is the cue, which the phrase never crosses.
    """
    tokens = ground.tokens
    start, end = tokens.subtree(head)
    for child in tokens.children(head):
        if tokens.deps[child] in ("relcl", "acl", "advcl", "ccomp", "parataxis", "cc", "conj") and child > head:
            low, high = tokens.subtree(child)
            holds_cue = low <= away_from < high
            if tokens.deps[child] in ("relcl", "acl") and not holds_cue and _tells_which(tokens, low, head, away_from):
                continue
            if tokens.deps[child] in ("cc", "conj") and not (holds_cue or is_verb(tokens, child)):
                continue
            if low > head:
                end = min(end, low)
    if start <= away_from < end:
        start, end = (start, away_from) if head < away_from else (away_from + 1, end)
    for first, last in ground.ranges:
        if last <= head:
            start = max(start, last) if start < last else start
        elif first > head:
            end = min(end, first)
    found = ground.trim((_after_date(ground, start, head, away_from), end))
    return ground.trim(_opened(found, ground, away_from)) if found is not None else None


def _tells_which(tokens: Tokens, clause: int, head: int, away_from: int) -> bool:
    """Whether a clause belongs to the phrase that it hangs on: one not set apart by a mark ("a man who had been
    there"), or one that closes the sentence behind a speaker named after the cue ("said Sall, who had been there")."""
    apart = tokens.words[clause] in _APART or tokens.words[clause - 1] in _APART
    return not apart or (head > away_from and tokens.tags[clause] in RELATIVE)


_APART = frozenset(",-–—(")


def _after_date(ground: Ground, start: int, head: int, away_from: int) -> int:
    """Past a day or date that the parse took for the first of somebody's names: "On Friday Edrin Sall said"."""
    tokens = ground.tokens
    if tokens.deps[head] == "pobj" and tokens.deps[tokens.heads[head]] == "prep" and head < away_from:
        first = _name_from(tokens, head)
        return start if first is None or tokens.child(away_from, *SUBJECTS) is not None else first
    ends = (last for first, last, label in tokens.ents if first == start and label in _DATES)
    return next((last for last in ends if last <= head), start)


_DATES = frozenset({"DATE", "TIME"})


def _opened(found: Range, ground: Ground, away_from: int) -> Range:
    """Take in a name before ", the ROLE" or a parenthesis "(ROLE)" that the parse left outside."""
    tokens = ground.tokens
    start, end = found
    words = tokens.words
    if end < len(words) and words[end] == "(" and end < away_from:
        close = next((i for i in range(end, min(end + 12, away_from)) if words[i] == ")"), None)
        if close is not None:
            end = close + 1
    role = range(end + 1, away_from)
    if (
        len(role)
        and words[end] == ","
        and all(tokens.pos[i] in _NOMINAL for i in role)
        and tokens.pos[role[0]] in ("DET", "NOUN", "ADJ", "PROPN")
        and tokens.pos[role[-1]] in ("NOUN", "PROPN")
    ):
        end = away_from
    if start > 1 and words[start - 1] == "," and tokens.pos[start] in ("DET", "NOUN", "ADJ"):
        first = start - 1
        while first > 0 and tokens.pos[first - 1] == "PROPN":
            first -= 1
        sentence = tokens.sentence(start)[0]
        if first < start - 1 and (first == sentence or tokens.pos[first - 1] in ("PUNCT", "CCONJ", "SCONJ")):
            start = first
    return start, end
