"""Words that news English uses for one another.

The table ``data/lexicon/en/synonyms.tsv`` holds them in groups, one a line.
"""

from collections import defaultdict
from functools import lru_cache

from dateline.errors import KnowledgeError
from dateline.knowledge.load import DATA
from dateline.matching.stems import key_of

TABLE = DATA / "lexicon" / "en" / "synonyms.tsv"


@lru_cache(maxsize=1)
def synonyms() -> dict[str, frozenset[str]]:
    """Each key that has synonyms with theirs, which is among them.

    >>> sorted(synonyms()[key_of("lorry")])
    ['lorri', 'truck']
    """
    try:
        lines = TABLE.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise KnowledgeError(f"{TABLE.name}: {error}") from error
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if not line.startswith("#"):
            group = {key_of(word) for word in line.split("\t")}
            for key in group:
                found[key] |= group
    return {key: frozenset(others) for key, others in found.items()}
