"""A second look at passages whose words alone say "nearly": whether they mean the same, by their vectors.

Off unless the configuration names an embedder. A vector sees synonyms, which words do not; it sees neither a negation
nor a changed figure, so it never judges what is told, only whether one passage retells another, and what words prove
stands whatever it says.
"""

from msgspec.structs import replace

from dateline.knowledge.handle import Knowledge
from dateline.matching.passages import KIN, PassageMatch, could_match, match_kin, near_miss
from dateline.matching.profile import Profile
from dateline.model.vocab import ChangeKind, Verdict
from dateline.nlp.embed import Embedder

# Both are set on public gold, by benchmarks/rewrites.py and benchmarks/paraphrases.py: see decision 15.
BELOW = 0.1
"""How far words may fall short of a rewrite."""
ALIKE = 0.8
"""The least cosine of a rewrite."""
DECIMALS = 3
"""To which a cosine is rounded before it is judged: the last bits of a vector depend on the machine."""
_CONTRADICTIONS = frozenset({ChangeKind.NAME, ChangeKind.NUMBER, ChangeKind.PLACE})


class Verifier:
    """Tells rewrites among passages that nearly match by their words; ``name`` is that of the embedder."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name = embedder.name

    def find(self, a: Profile, b: Profile, knowledge: Knowledge) -> PassageMatch | None:
        """The rewrite, if words nearly show one, no name or number contradicts, and the meaning is alike."""
        if not could_match(a, b, BELOW):
            return None
        return self._verified(a, b, near_miss(a, b, knowledge, BELOW))

    def find_kin(self, a: Profile, b: Profile, knowledge: Knowledge) -> PassageMatch | None:
        """``find`` for two reports whose other passages are copies: their words need show no more than ``KIN``."""
        found = match_kin(a, b, knowledge)
        if found.verdict is not Verdict.NONE or found.score < KIN:
            return None
        return self._verified(a, b, near_miss(a, b, knowledge, 1.0))

    def _verified(self, a: Profile, b: Profile, nearly: PassageMatch | None) -> PassageMatch | None:
        if nearly is None or any(change.kind in _CONTRADICTIONS for change in nearly.changes):
            return None
        cosine = round(float(self._embedder.embed(a.text) @ self._embedder.embed(b.text)), DECIMALS)
        if cosine < ALIKE:
            return None
        because = (
            f"{nearly.because}, one meaning: cosine {cosine} by {self.name}, blind to negation and changed figures"
        )
        return replace(nearly, because=because)
