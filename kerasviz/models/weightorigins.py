"""Where each layer of a drawing has its weights from, and why some are fresh."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import keras

from kerasviz.analysis.outcomes import OUTCOMES
from kerasviz.analysis.symbolic import WeightSpec
from kerasviz.analysis.weightspecs import Place, causes, places
from kerasviz.backend.helddtype import held_dtype
from kerasviz.config import ModelFileError
from kerasviz.config.parts import part_of
from kerasviz.protocol import JSON
from kerasviz.protocol.files import WeightOrigin, WeightOrigins
from kerasviz.protocol.text import Text, all_of, text
from kerasviz.storage.innerlayers import inner_layers, match
from kerasviz.storage.matching import fitting

MOST_NAMES = 6
"""Layers that the sentence names."""


@dataclass(frozen=True, eq=False)
class Kept:
    """What is known of the model in the kernel; it never changes, so that any thread may read it.

    Attributes:
        document: The drawing that it was made of.
        weights: Shape and dtype of the weights of each layer that has any.
        fresh: The layers whose weights are new and untrained.
    """

    document: JSON
    weights: Mapping[str, tuple[WeightSpec, ...]]
    fresh: frozenset[str]


def specs_of(model: keras.Model) -> dict[str, tuple[WeightSpec, ...]]:
    """Lists shape and dtype of the weights of each layer that has any, by its name and those around it."""
    found: dict[str, tuple[WeightSpec, ...]] = {}
    for way, layer in inner_layers(model):
        specs = tuple((tuple(w.shape), held_dtype(w)) for w in layer.weights)
        if specs:
            found[way] = specs
    return found


def still_fresh(model: keras.Model, fresh: frozenset[str]) -> frozenset[str]:
    """The layers that a training has left with fresh weights, as none of theirs is trainable."""
    layers = dict(inner_layers(model))
    return frozenset(way for way in fresh if way in layers and not layers[way].trainable_weights)


def goes_on(kept: Kept | None, document: JSON) -> bool:
    """Whether a document takes over weights of the model in the kernel, not of its file."""
    return (
        kept is not None
        and bool(kept.weights.keys() - kept.fresh)
        and file_of(kept.document) == file_of(document)
    )


def file_of(document: JSON) -> str | None:
    """The file that the weights of a document start from; None where it names none."""
    name = part_of(document, "kerasviz").get("weights")
    return str(name) if name else None


def weight_origins(
    document: JSON, kept: Kept | None, folder: Path, now: Mapping[str, Place] | None = None
) -> WeightOrigins:
    """Tells which layers would train on, or be saved with, weights that they have, and which with fresh ones.

    Args:
        document: As it is drawn now.
        kept: What is known of the model in the kernel; None where there is none.
        folder: Where the document's file of weights is.
        now: The layers of the document, where they are known already.

    Returns:
        The origin of the weights of each layer that has any, and a sentence where a model was trained, loaded
        or opened, or the document names a file, and some layers do not have its weights.
    """
    now = places(document) if now is None else now
    drawn = {way: place.weights for way, place in now.items() if place.weights}
    if kept is None or not goes_on(kept, document):
        return _from_file(drawn, file_of(document), folder)
    sources = {way: match(way, kept.weights) for way in drawn}
    fits = {way for way, specs in drawn.items() if kept.weights.get(sources[way] or "") == specs}
    fresh = [way for way in drawn if way not in fits or sources[way] in kept.fresh]
    origins: dict[str, WeightOrigin] = {way: "fresh" if way in fresh else "trained" for way in drawn}
    if not fresh:
        return WeightOrigins(layers=origins, rounded={}, because=[], sentence=None)
    before = _before(kept, OUTCOMES.generation())
    because = causes(before, now, [way for way in fresh if way not in fits])
    reasons = [_reason(way, before, now) for way in because]
    if not reasons and any(way not in fits for way in fresh):  # the drawing is the same
        reasons = [text("the kernel has another dtype policy now")]
    sentence = _sentence(fresh, len(origins), reasons)
    return WeightOrigins(layers=origins, rounded={}, because=because, sentence=sentence)


@functools.lru_cache(maxsize=8)
def _before(kept: Kept, generation: int) -> Mapping[str, Place]:
    """The layers of what the model in the kernel was made of, as long as names stand for the same classes."""
    return places(kept.document)


def _from_file(drawn: Mapping[str, tuple[WeightSpec, ...]], file: str | None, folder: Path) -> WeightOrigins:
    """What a file has for each layer; one that is not there, or no model file, has nothing."""
    stored: Mapping[str, str | None] = {}
    reason = text("{file} can't be read", file=repr(file))
    if file is not None and Path(file).name == file:
        with contextlib.suppress(ModelFileError, OSError):
            stored = fitting(folder / file, drawn)
            reason = text("{file} has no weights that fit", file=repr(file))
    origins: dict[str, WeightOrigin] = {way: "file" if way in stored else "fresh" for way in drawn}
    fresh = [way for way, origin in origins.items() if origin == "fresh"]
    sentence = _sentence(fresh, len(origins), [reason]) if file is not None and fresh else None
    rounded = {way: dtype for way, dtype in stored.items() if dtype is not None}
    return WeightOrigins(layers=origins, rounded=rounded, because=[], sentence=sentence)


def _reason(way: str, before: Mapping[str, Place], now: Mapping[str, Place]) -> Text:
    if way not in before:
        return text("{layer} is new", layer=repr(way))
    if way not in now:
        return text("{layer} was removed", layer=repr(way))
    return text("{layer} changed", layer=repr(way))


def _sentence(fresh: list[str], count: int, reasons: list[Text]) -> Text:
    if not reasons:
        one, several = text("it was never trained"), text("they were never trained")
        reasons = [one if len(fresh) == 1 else several]
    if len(reasons) > MOST_NAMES:
        reasons = [*reasons[:MOST_NAMES], text("{count} more", count=len(reasons) - MOST_NAMES)]
    if len(fresh) == 1:
        return text(
            "1 of {count} layers, {layer}, has fresh weights because {reasons}.",
            count=count,
            layer=repr(fresh[0]),
            reasons=all_of(reasons),
        )
    return text(
        "{fresh} of {count} layers have fresh weights because {reasons}.",
        fresh=len(fresh),
        count=count,
        reasons=all_of(reasons),
    )
