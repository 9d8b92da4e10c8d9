"""The layout of `.weights.h5` and `.keras`: a weight's path says which object of the model has it."""

import contextlib
import math
import re
import tempfile
from collections.abc import Iterator, KeysView
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.config.arrayvalues import check_texts
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import text
from kerasviz.storage.container import Container
from kerasviz.storage.hdf5 import HDF5File
from kerasviz.storage.path_names import Place, moved, place_of
from kerasviz.storage.transforms import Writer, to_today

if TYPE_CHECKING:
    import keras


def load_paths(model: "keras.Model", weights: HDF5File, container: Container) -> dict[str, str]:
    """Sets all weights of a model.

    Args:
        model: The model, built.
        weights: The weights in the file.
        container: The file, whose config says after which classes its paths are named.

    Returns:
        The paths that the file has otherwise than today's Keras, by those of today.

    Raises:
        ModelFileError: When a weight is missing, left over, or of another shape.
    """
    places = moved(model, container.config, weights.groups)
    load_path(model, "", weights, container, places)
    return {path: place.path for path, place in places.items()}


def load_path(
    owner: Any, start: str, weights: HDF5File, container: Container, places: dict[str, Place]
) -> None:
    """Sets all weights of a model or a layer.

    Args:
        owner: The model or layer, built.
        start: Its path in the file.
        weights: The weights in the file.
        container: The file, which has vocabularies too.
        places: Where the file has what has another path today.

    Raises:
        ModelFileError: When a weight is missing, left over, or of another shape.
    """
    from keras.src.saving import saving_lib

    largest = max((math.prod(variable.shape) for variable in owner.variables), default=0)

    class Store(saving_lib.NpzIOStore):  # type: ignore[misc]
        """What Keras reads weights from: for each object of the model the arrays of that object."""

        def __init__(self) -> None:
            pass

        def get(self, path: str) -> "_Arrays":
            place, rest = place_of(path, places)
            if place.converted is None:
                where = place.path + rest
                return _Arrays(weights, where, largest, _words(container.assets, where))
            old = place.path if rest == "/cell" else f"{place.path}{rest}/none"
            return _Converted(weights, old, largest, place.converted)

        def has_path(self, path: str) -> bool:
            return path in weights.groups

    class Assets(saving_lib.DiskIOStore):  # type: ignore[misc]
        """Where Keras looks for vocabularies."""

        texts = 0

        def get(self, path: str) -> Any:
            place, rest = place_of(path, places)
            folder = super().get(place.path + rest)
            for file in Path(folder).glob("vocabulary.txt"):
                words = file.read_text("utf-8", "replace").splitlines()
                self.texts = check_texts(words, None, self.texts)
            return folder

    failed: set[int] = set()
    errors: dict[int, tuple[Any, Exception]] = {}
    with _unpacked(container.assets) as folder:
        saving_lib._load_state(
            owner,
            weights_store=Store(),
            assets_store=folder and Assets(folder, mode="r"),
            inner_path=start,
            visited_saveables={id(item) for item in _loaded_by_others(owner)},
            failed_saveables=failed,
            error_msgs=errors,
        )
    for layer, error in errors.values():
        name = getattr(layer, "name", None)
        if isinstance(error, ModelFileError):
            error.layer = error.layer or name
            raise error
        raise ModelFileError(text("The weights don't fit: {error}", error=str(error).strip()), layer=name)


@contextlib.contextmanager
def _unpacked(assets: dict[str, bytes]) -> Iterator[str | None]:
    """Writes vocabularies into a folder of our own, for the layers that read them from there."""
    if not assets:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, data in assets.items():
            if re.fullmatch(r"assets(/\w[\w.-]*)+", name):
                path = Path(folder, *name.split("/")[1:])
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        yield folder


def _loaded_by_others(owner: Any) -> Iterator[Any]:
    """Finds what must not be loaded again.

    The state of the optimizer is `load_optimizer_state`'s. A TextVectorization hands its words and their
    weights on to the lookup inside it.
    """
    yield getattr(owner, "optimizer", None)
    for layer in owner._flatten_layers():
        if hasattr(layer, "_lookup_layer"):
            yield layer._lookup_layer


def _words(assets: dict[str, bytes], owner: str) -> int | None:
    """Counts the words of a vocabulary as Keras reads it, or gives None where there is none."""
    data = assets.get(f"assets/{owner}/vocabulary.txt")
    return None if data is None else len(data.decode(errors="replace").rstrip("\r\n").splitlines())


class _Arrays:
    """The arrays of one object, as a mapping that reads each when it is asked for.

    Weights of words come without the padding that a saved TF-IDF has: Keras wants one for each word, and pads
    them itself.
    """

    def __init__(self, weights: HDF5File, owner: str, largest: int, words: int | None = None) -> None:
        self.weights, self.largest, self.words = weights, largest, words
        prefix = f"{owner}/vars/" if owner else "vars/"
        self.paths = {path[len(prefix) :]: path for path in weights.arrays if path.startswith(prefix)}

    def keys(self) -> KeysView[str]:
        return self.paths.keys()

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def __contains__(self, key: str) -> bool:
        return key in self.paths

    def __getitem__(self, key: str) -> np.ndarray:
        path = self.paths[key]
        shape = self.weights.arrays[path][0]
        # Twice, since the bias of CuDNN has two rows; 16 for the counters and seeds beside the weights.
        if shape is not None and math.prod(shape) > max(2 * self.largest, 16):
            raise ModelFileError(
                text(
                    "Expected at most {most} numbers at {path}, received {shape}.",
                    most=f"{self.largest:,}",
                    path=repr(path),
                    shape=str(shape),
                )
            )
        array = self.weights.read(path)
        return array[: self.words] if key == "idf_weights" else array


class _Converted(_Arrays):
    """The arrays of a layer whose class is another today."""

    def __init__(self, weights: HDF5File, owner: str, largest: int, layer: Any) -> None:
        super().__init__(weights, owner, largest)
        keys = sorted(self.paths, key=int)
        arrays = [super(_Converted, self).__getitem__(key) for key in keys]
        self.arrays = dict(zip(keys, to_today(layer, arrays, Writer((2, 15), None)), strict=False))

    def __getitem__(self, key: str) -> np.ndarray:
        return self.arrays[key]
