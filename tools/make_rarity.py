"""Make ``data/lexicon/en/rarity.tsv``: Zipf frequency of each stem, in tenths.

    pip install wordfreq==3.1.1 && python tools/make_rarity.py

Words are taken from wordfreq's English list (CC BY-SA 4.0), their frequencies summed by the key under which
Dateline compares them. Stems rarer than one in ten million are left out: the reader takes them as unseen.
"""

import math
from collections import defaultdict

from dateline.matching.rarity import TABLE
from dateline.matching.stems import WORD, key_of

RAREST = 1e-7


def main() -> None:
    """Write the table, the most frequent stems first."""
    import wordfreq  # type: ignore[import-not-found]

    frequency: dict[str, float] = defaultdict(float)
    for word, share in wordfreq.get_frequency_dict("en", wordlist="large").items():
        if WORD.fullmatch(word) and not word[0].isdigit():
            frequency[key_of(word)] += share
    rows = sorted(((k, v) for k, v in frequency.items() if v >= RAREST), key=lambda row: (-row[1], row[0]))
    lines = [
        "# Zipf frequency (log10 per billion words) of English stems, in tenths.",
        "# Derived from wordfreq 3.1.1 by Robyn Speer and others, https://github.com/rspeer/wordfreq, CC BY-SA 4.0;",
        "# words summed by Snowball stem. This table is under the same licence (CC BY-SA 4.0).",
        *(f"{key}\t{round(10 * (math.log10(share) + 9))}" for key, share in rows),
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
