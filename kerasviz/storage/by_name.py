"""Takes weights from a file layer by layer, by name: what does not fit is skipped."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import Text
from kerasviz.storage.checkpoint import Checkpoint
from kerasviz.storage.container import open_container
from kerasviz.storage.innerlayers import finish, inner_layers
from kerasviz.storage.layer_layout import list_of_layers
from kerasviz.storage.lossless import lossless
from kerasviz.storage.storedlayers import InCheckpoint, InList, InPaths, StoredLayers

if TYPE_CHECKING:
    import keras


def load_by_name(model: "keras.Model", path: str | os.PathLike[str]) -> tuple[list[str], list[Text]]:
    """Sets the weights of those layers that a file has under the same name and with the same shapes.

    No other layer of the file is looked at, so that one that can't be built is no obstacle.

    Args:
        model: A built model.
        path: A `.keras`, `.h5` or `.weights.h5` file, or the `.index` of a TensorFlow checkpoint.

    Returns:
        The layers that got weights, as `inner_layers` names them; and what the user should know of them.

    Raises:
        ModelFileError: When the file can't be read.
    """
    taken = []
    with open_layers(path) as (stored, _), lossless(model) as notes:
        for way, layer in inner_layers(model):
            if stored is None or not layer.weights:
                continue
            before = layer.get_weights()
            try:
                if stored.load(way, layer):
                    taken.append(way)
            except (ModelFileError, ValueError, KeyError):
                layer.set_weights(before)
        finish(model)
    return taken, notes


@contextlib.contextmanager
def open_layers(path: str | os.PathLike[str]) -> Iterator[tuple[StoredLayers | None, bool]]:
    """Opens what a file has of each layer.

    Args:
        path: As `load_by_name` takes it.

    Yields:
        The layers, None where the file has no weights; and whether it has weights alone.

    Raises:
        ModelFileError: When the file can't be read.
    """
    if str(path).endswith(".index"):
        try:
            yield InCheckpoint(Checkpoint(path)), True
        except ModelFileError as error:
            error.file = error.file or Path(path).name
            raise
        return
    with open_container(path) as container:
        weights, alone = container.weights, container.config is None
        if weights is None:
            yield None, False
            return
        prefix = list_of_layers(weights)
        yield InPaths(container, weights) if prefix is None else InList(weights, prefix), alone
