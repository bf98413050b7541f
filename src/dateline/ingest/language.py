"""Tell the language of a text, by its script and by py3langid."""

import unicodedata
from functools import lru_cache
from typing import Any

FEWEST_LETTERS = 20
"""Below this a guess among languages of one script is worth nothing."""
ENOUGH = 0.6
"""How sure the identifier must be to say another language than English (calibrated on its own scale)."""
SAMPLE = 2000
"""Code points looked at."""
UNDETERMINED = "und"
"""The ISO 639-3 code for a language that is some other than English and not known."""


def tell_language(text: str) -> str | None:
    """The ISO 639-1 code of the language of a text, or None when it cannot be told.

    A text whose letters are mostly not Latin is never English: where its language cannot be told it is
    ``und``. Where most letters are Latin, only those count: a quotation in another script does not make a
    report foreign.

    >>> tell_language("The river rose again overnight, and the bridge at Arden has been closed to all traffic.")
    'en'
    >>> tell_language("1 2 3") is None
    True
    >>> tell_language("Ніч")
    'und'
    """
    sample = text[:SAMPLE]
    letters = [character for character in sample if character.isalpha()]
    if not letters:
        return None
    others = {letter for letter in set(letters) if not unicodedata.name(letter, "").startswith("LATIN")}
    foreign = sum(letter in others for letter in letters) > len(letters) // 2
    if others and not foreign:
        # A few words in another script outweigh all others in the identifier's eyes.
        sample = sample.translate(dict.fromkeys(map(ord, others), " "))
    if len(letters) < FEWEST_LETTERS:
        return UNDETERMINED if foreign else None
    language, sure = _identifier().classify(sample)
    if language == "en":
        return UNDETERMINED if foreign else "en"
    if sure >= ENOUGH:
        return str(language)
    return UNDETERMINED if foreign else None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
