"""Statements: who said what to whom, and who wants, fears or believes what.

A statement has a speaker, a cue, a content (perhaps in several spans), a kind, a voice and an act. The cue
frames are data (``data/lexicon/en/statements.yaml``); the parse fills them, the quotation marks decide where
words are somebody's own. The rooms of this package:

- ``ground``: the passage as the rules see it; subjects and the words of a speaker's phrase
- ``frames``: verb frames over the parse
- ``nominal``: frames of adjectives, nouns and source phrases
- ``complements``: what hangs under a cue
- ``marks``: quotations beside a cue, in the next sentence or paragraph; colon and dash as cues
- ``gather``: which drafts of a passage stand, nested chains, carried-over quotations
- ``chains``: who said it and who only passed it on
- ``occasion``: to whom, where and when it was said
- ``content``: the spans of a content and its kind
- ``speakers``: the sieve that resolves speakers within the report, and the voice
- ``sides``: the named things of a report, and whose side a speaker is on
- ``acts``: what is done by saying it, where the cue only reports
- ``about``: the named things that a content turns on
- ``write``: from drafts to records

Captions give no statements. A cue inside quotation marks, or inside another statement's content, gives none of
its own, except a link of a chain ("Korrin said Dorn had told the guards that ..."): there the inner speaker's
statement names the outer one under ``via``.
"""

from dateline.read.reading import Extractor
from dateline.read.statements.write import run

EXTRACTOR = Extractor(
    "statements",
    frozenset({"passages", "quotations", "mentions", "referents", "times"}),
    frozenset({"statements"}),
    run,
)
