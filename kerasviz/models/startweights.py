"""Weights that a model starts from: those of a file in the folder of the document."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from kerasviz.config import ModelFileError
from kerasviz.models.weightorigins import specs_of
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text
from kerasviz.storage.by_name import load_by_name
from kerasviz.storage.container import open_container
from kerasviz.storage.innerlayers import finish, inner_layers, match
from kerasviz.storage.loading import load_file
from kerasviz.storage.lossless import lossless, said_of_rounded
from kerasviz.storage.matching import fitting
from kerasviz.storage.optimizer_state import take_optimizer_state
from kerasviz.storage.vocabularies import take_vocabularies

MOST_NAMES = 12


class Start(NamedTuple):
    """Weights that a model starts from.

    Attributes:
        taken: The layers that got them, as `inner_layers` names them.
        note: A sentence for the user: which weights were loaded.
    """

    taken: frozenset[str]
    note: Text


def start_from_file(model: Any, name: str, folder: Path, some: bool = False) -> Start:
    """Loads the weights of a file layer by layer, by name; of a file with weights alone all, where they fit.

    Layers that were changed or added since the model was saved keep their weights, and so do those in the
    place of a layer that can't be built.

    Args:
        model: A built `keras.Model`.
        name: Name of the file, without folders.
        folder: The document's folder.
        some: Whether it is an error if no layer gets weights.

    Returns:
        Which weights were loaded.

    Raises:
        RequestError: With code `weights` if there is no such file in the folder, or no layer fits.
        ModelFileError: If the file contains no weights of a model, or only weights that do not fit.
    """
    from kerasviz import storage

    path = folder / name
    if Path(name).name != name or not path.is_file():
        raise RequestError(
            "weights",
            text(
                "The weights file {file} is not in the folder of the document ({folder}). Copy it there, or "
                "start with new weights.",
                file=repr(name),
                folder=str(folder),
            ),
        )
    before = model.get_weights()
    weighty = frozenset(way for way, layer in inner_layers(model) if layer.weights)
    notes: list[Text] = []
    try:
        if _holds_weights_alone(path):
            notes = storage.load_weights(model, path)
            return Start(weighty, _note(name, [], [], notes))
        # A class that the user registered is at home in the kernel.
        whole, _ = load_file(path, custom=True)
        saved = _arrays(whole)
    except ModelFileError:
        # It does not fit as a whole, or has a layer that can't be built.
        model.set_weights(before)
        taken, notes = load_by_name(model, path)
        if not taken:
            raise
    else:
        with lossless(model) as notes:
            taken = list(_take(model, saved, exactly=False))
        # The file's own model may have rounded them already.
        dtypes = fitting(path, specs_of(model))
        rounded = said_of_rounded(way.rpartition("/")[2] for way in taken if dtypes.get(way))
        notes = rounded + [note for note in notes if not rounded or note.template != rounded[0].template]
        _take_the_rest(model, whole)
        if weighty <= set(taken):
            notes += take_optimizer_state(model, whole)
    own = [way for way, _ in inner_layers(model) if way in weighty and way not in taken]
    if some and own and not taken:
        raise RequestError(
            "weights",
            text(
                "No layer has the name and shape of a layer in {file}. The file has weights for: {layers}.",
                file=name,
                layers=", ".join(saved),
            ),
        )
    return Start(frozenset(taken), _note(name, own, taken, notes))


def start_from_model(model: Any, old: Any) -> dict[str, str]:
    """Gives layers the weights that they have in another model, by name, where the shapes are equal.

    Args:
        model: A built `keras.Model`.
        old: Another.

    Returns:
        The layers that got weights, each with the layer of the other model that has them.
    """
    taken = _take(model, _arrays(old), exactly=True)
    _take_the_rest(model, old)
    return taken


def listed(names: list[str]) -> str:
    """Lists names, of many the first."""
    return ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")


def _note(name: str, own: list[str], taken: list[str], notes: list[Text]) -> Text:
    """Says which layers have the weights of a file, and which their own, and what else there is to know."""
    start = text("Weights start from {file}.", file=name)
    if own and taken:
        start = text(
            "Weights start from {file}, except those of: {layers}. Layers with the file's weights: {taken}.",
            file=name,
            layers=listed(own),
            taken=listed(taken),
        )
    elif own:
        start = text("Weights start from {file}, except those of: {layers}.", file=name, layers=listed(own))
    for note in notes:
        start = text("{note} {more}", note=start, more=note)
    return start


def _arrays(model: Any) -> dict[str, list[Any]]:
    return {way: arrays for way, layer in inner_layers(model) if (arrays := layer.get_weights())}


def _take(model: Any, saved: dict[str, list[Any]], exactly: bool) -> dict[str, str]:
    """Gives layers the weights of those with the same name and shapes, and names both.

    Args:
        model: A built model.
        saved: Weights by the layer.
        exactly: Whether the dtypes must be the same, too.
    """
    taken: dict[str, str] = {}
    for way, layer in inner_layers(model):
        found = match(way, saved)
        if found is None:
            continue
        arrays, weights = saved[found], layer.get_weights()
        if [(a.shape, exactly and a.dtype) for a in arrays] == [
            (w.shape, exactly and w.dtype) for w in weights
        ]:
            try:
                layer.set_weights(arrays)
                taken[way] = found
            except ModelFileError:  # numbers that the layer's dtype can't hold
                layer.set_weights(weights)
    finish(model)
    return taken


def _take_the_rest(model: Any, saved: Any) -> None:
    """Gives layers what others keep beside their weights: words, and what is computed of the weights."""
    take_vocabularies(model, saved)
    finish(model)


def _holds_weights_alone(path: Path) -> bool:
    """Whether a file contains weights without a model, as a TensorFlow checkpoint does."""
    if path.name.endswith(".index"):
        return True
    with open_container(path) as container:
        container.need_weights()
        return container.config is None
