"""Vocabularies that layers learned with `adapt`; Keras keeps them beside the config, in `.keras` alone."""

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import text
from kerasviz.storage.innerlayers import inner_layers, match

if TYPE_CHECKING:
    import keras


def with_vocabularies(model: "keras.Model", config: dict[str, Any]) -> dict[str, Any]:
    """Writes learned vocabularies into a config, from which every Keras takes them.

    Args:
        model: The model.
        config: Its config; it stays as it is.

    Returns:
        A copy of the config.
    """
    found = copy.deepcopy(config)
    for layer, item in _lookups(model, found):
        if item is not None:
            item["config"].update(learned(layer))
    return found


def learned(layer: Any) -> dict[str, Any]:
    """Tells what `adapt` gave to a layer that looks up words.

    Args:
        layer: Any layer.

    Returns:
        Arguments of its constructor; none where it learned nothing, or its config has them.
    """
    lookup = _lookup(layer)
    if not _is_lookup(layer) or lookup.input_vocabulary is not None or not _has_vocabulary(lookup):
        return {}
    words, weights = _words(lookup)
    return {"vocabulary": words} if weights is None else {"vocabulary": words, "idf_weights": weights}


def without_vocabulary(model: "keras.Model") -> Iterator[str]:
    """Yields the names of the layers that look up words and have none, those of nested models too."""
    for layer, _ in _lookups(model, None):
        if not _has_vocabulary(_lookup(layer)):
            yield layer.name


def take_vocabularies(model: "keras.Model", old: "keras.Model") -> None:
    """Gives lookups without a vocabulary that of the layer of the same name in another model.

    Args:
        model: Gets them.
        old: Has them.
    """
    lookups = {way: _lookup(layer) for way, layer in inner_layers(old) if _is_lookup(layer)}
    lookups = {way: lookup for way, lookup in lookups.items() if _has_vocabulary(lookup)}
    for way, layer in inner_layers(model):
        if not _is_lookup(layer) or _has_vocabulary(_lookup(layer)):
            continue
        found = match(way, lookups)
        if found is not None:
            layer.set_vocabulary(*_words(lookups[found]))


def check_vocabularies(model: "keras.Model") -> None:
    """Looks that each layer which looks up words, or bins, has what it learned.

    Raises:
        ModelFileError: With the first layer that would fail in use.
    """
    for name in without_vocabulary(model):
        raise ModelFileError(
            text(
                "The vocabulary is not in the file. Save the model as .keras, or set the argument "
                "vocabulary of the layer."
            ),
            layer=name,
        )
    for layer in model._flatten_layers(include_self=False):
        if getattr(layer, "bin_boundaries", ()) is None:
            raise ModelFileError(
                text("Its learned boundaries are not in the file. Set its argument bin_boundaries."),
                layer=layer.name,
            )


def _lookups(model: Any, config: Any) -> Iterator[tuple[Any, Any]]:
    """Finds the layers with a vocabulary, those of nested models too, each with its part of the config."""
    # A model of the user's own is told by other things than its layers.
    listed = config["config"].get("layers", []) if config else []
    items = {item["config"].get("name"): item for item in listed}
    for layer in model.layers:
        item = items.get(layer.name)
        if hasattr(layer, "layers"):
            yield from _lookups(layer, item)
        elif _is_lookup(layer):
            yield layer, item


def _words(lookup: Any) -> tuple[list[str | int], list[float] | None]:
    """What a lookup learned: its words, and their weights where it has some."""
    words = [
        str(word) if isinstance(word, str) else int(word)
        for word in lookup.get_vocabulary(include_special_tokens=False)
    ]
    if lookup.output_mode != "tf_idf":
        return words, None
    # Before them are those of unknown words, and after them there may be padding.
    weights = lookup.idf_weights_const.numpy()[lookup._token_start_index() :][: len(words)]
    return words, [float(weight) for weight in weights]


def _is_lookup(layer: Any) -> bool:
    return hasattr(_lookup(layer), "input_vocabulary")


def _lookup(layer: Any) -> Any:
    return getattr(layer, "_lookup_layer", layer)


def _has_vocabulary(lookup: Any) -> bool:
    return bool(lookup.vocabulary_size() > lookup._token_start_index())
