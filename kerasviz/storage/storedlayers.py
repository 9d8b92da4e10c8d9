"""The layers that a file has weights of, by their names, in each of the layouts that there are."""

import math
import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np

from kerasviz.storage.checkpoint import Checkpoint
from kerasviz.storage.checkpoint_layout import STEP, load_named, names_of, own_keys
from kerasviz.storage.container import Container
from kerasviz.storage.hdf5 import HDF5File
from kerasviz.storage.innerlayers import match
from kerasviz.storage.layer_layout import Stored, load_layer, stored_layers
from kerasviz.storage.path_layout import load_path
from kerasviz.storage.path_names import moved_inside, named_paths

if TYPE_CHECKING:
    import keras

Spec = tuple[tuple[int, ...], str]
"""Shape and dtype of a weight."""
OWN_VARIABLES = re.compile(r"((?:layers/[^/]+/)*layers/[^/]+)/vars")
SEEDS = re.compile(r".*generator/vars/\d+")
"""The states of random generators, which are no weights."""


class StoredLayers(ABC):
    """The layers of a file."""

    @abstractmethod
    def load(self, way: str, layer: "keras.layers.Layer") -> bool:
        """Sets the weights of a layer, if the file has it.

        Args:
            way: The layer, as `inner_layers` names it.
            layer: The layer, built.

        Returns:
            Whether the file has it.

        Raises:
            ModelFileError: When its weights in the file do not fit.
        """

    @abstractmethod
    def keys(self, way: str | None = None) -> list[str]:
        """Lists what the file calls the weights of a layer, of all layers where none is named."""

    @abstractmethod
    def spec(self, key: str) -> Spec:
        """Tells shape and dtype of a weight."""

    @abstractmethod
    def read(self, key: str) -> np.ndarray:
        """Reads the numbers of a weight.

        Raises:
            ModelFileError: When the file is damaged.
        """

    def specs(self, way: str | None = None) -> list[Spec]:
        """Lists shape and dtype of the weights of a layer, of all layers where none is named."""
        return [self.spec(key) for key in self.keys(way)]

    def fits(self, way: str, specs: Sequence[Spec]) -> bool:
        """Whether the weights of a layer are in the file, with these shapes and of this kind."""
        return _agree(self.specs(way), specs)


class InList(StoredLayers):
    """Those of a file that lists the weights of each layer.

    Args:
        weights: The file.
        prefix: Path of the group that has the layers.
    """

    def __init__(self, weights: HDF5File, prefix: str) -> None:
        self._weights = weights
        self._stored, self._writer = stored_layers(weights, prefix)

    def load(self, way: str, layer: "keras.layers.Layer") -> bool:
        """Sets the weights of a layer, as in every layout."""
        found = self._of(way)
        if found:
            load_layer(layer, found, self._weights, self._writer)
        return bool(found)

    def keys(self, way: str | None = None) -> list[str]:
        """Lists paths, as in every layout."""
        lists = self._stored.values() if way is None else [self._of(way)]
        return [path for found in lists for _, path in found if _is_array(self._weights, path)]

    def spec(self, key: str) -> Spec:
        """Tells shape and dtype, as in every layout."""
        return _spec(self._weights, key)

    def read(self, key: str) -> np.ndarray:
        """Reads numbers, as in every layout."""
        return self._weights.read(key)

    def fits(self, way: str, specs: Sequence[Spec]) -> bool:
        """Whether the weights of a layer are in the file, as in every layout."""
        if self._writer.version >= (2, 4):
            return super().fits(way, specs)
        # Before, a layer had its weights in other shapes, or more of them.
        size = sum(math.prod(shape) for shape, _ in self.specs(way))
        whole = size == sum(math.prod(shape) for shape, _ in specs)
        return super().fits(way, specs) or (bool(size) and whole)

    def _of(self, way: str) -> Stored:
        """Finds the weights of a layer; those of a model inside are one list, by the names of layers."""
        *around, name = way.split("/")

        def inside(group: str) -> Stored:
            whole = [item for item in self._stored[group] if f"/{way}/" in f"/{item[0]}"]
            return whole or [item for item in self._stored[group] if f"/{name}/" in f"/{item[0]}"]

        for group in around:
            if group in self._stored and inside(group):
                return inside(group)
        if name in self._stored:
            return self._stored[name]
        groups = [group for group in self._stored if inside(group)]
        return inside(groups[0]) if len(groups) == 1 else []


class InPaths(StoredLayers):
    """Those of a file in which a weight's path tells its layer.

    Args:
        container: The file.
        weights: Its weights.

    Attributes:
        names: The path of each layer by the name that stands beside its weights; none before Keras 3.7.
        paths: The path of each layer by its name; where it stands in the config alone, by that.
    """

    def __init__(self, container: Container, weights: HDF5File) -> None:
        self._container, self._weights = container, weights
        self._inside: dict[str, list[str]] = {}
        for path in weights.arrays:
            if _is_array(weights, path):
                for parent in PurePosixPath(path).parents:
                    self._inside.setdefault(str(parent), []).append(path)
        self.names = _written_names(weights)
        self.paths = self.names or named_paths(container.config, self._inside.keys())

    def load(self, way: str, layer: "keras.layers.Layer") -> bool:
        """Sets the weights of a layer, as in every layout."""
        path = self.path(way)
        if path is not None:
            places = moved_inside(layer, path, self._container.config, self._inside.keys())
            load_path(layer, path, self._weights, self._container, places)
        return path is not None

    def keys(self, way: str | None = None) -> list[str]:
        """Lists paths, as in every layout."""
        paths = self._inside.get("layers" if way is None else self.path(way) or "", [])
        return [path for path in paths if not SEEDS.fullmatch(path)]

    def spec(self, key: str) -> Spec:
        """Tells shape and dtype, as in every layout."""
        return _spec(self._weights, key)

    def read(self, key: str) -> np.ndarray:
        """Reads numbers, as in every layout."""
        return self._weights.read(key)

    def fits(self, way: str, specs: Sequence[Spec]) -> bool:
        """Whether the weights of a layer are in the file, as in every layout."""
        return super().fits(way, specs) or _agree(self._written_once(way), specs)

    def _written_once(self, way: str) -> list[Spec]:
        """Lists weights without those that a layer has of one inside, as SpectralNormalization does."""
        own = f"{self.path(way)}/vars/"
        inside = [self.spec(key) for key in self.keys(way) if not key.startswith(own)]
        mine = Counter(self.spec(key) for key in self.keys(way) if key.startswith(own))
        return [*inside, *(mine - Counter(inside)).elements()]

    def path(self, way: str) -> str | None:
        """Finds the path of a layer by its name; None where the file has none of this name."""
        found = match(way, self.paths)
        return None if found is None else self.paths[found]


class InCheckpoint(StoredLayers):
    """Those of a TensorFlow checkpoint.

    Args:
        checkpoint: The checkpoint.
    """

    def __init__(self, checkpoint: Checkpoint) -> None:
        self._checkpoint = checkpoint
        self._names = names_of(checkpoint)

    def load(self, way: str, layer: "keras.layers.Layer") -> bool:
        """Sets the weights of a layer, as in every layout."""
        found = bool(own_keys(way, self._names))
        if found:
            load_named(way, layer, self._names, self._checkpoint)
        return found

    def keys(self, way: str | None = None) -> list[str]:
        """Lists keys, as in every layout."""
        if way is not None:
            return own_keys(way, self._names)
        keys = list(self._names)
        return [key for key in keys if STEP.search(key)] or keys

    def spec(self, key: str) -> Spec:
        """Tells shape and dtype, as in every layout."""
        entry = self._checkpoint.entries[key]
        return entry.shape, np.dtype(entry.dtype).name

    def read(self, key: str) -> np.ndarray:
        """Reads numbers, as in every layout."""
        return self._checkpoint.read(key)


def _is_array(weights: HDF5File, path: str) -> bool:
    return weights.arrays.get(path, (None, ""))[0] is not None


def _spec(weights: HDF5File, path: str) -> Spec:
    shape, dtype = weights.arrays[path]
    return shape or (), dtype if dtype == "bfloat16" else np.dtype(dtype).name


def _agree(stored: Iterable[Spec], specs: Iterable[Spec]) -> bool:
    """Whether weights in a file have the shapes and the kind of those of a layer."""
    own, drawn = _counted(stored), _counted(specs)
    lacking, left = drawn - own, own - drawn
    for shape, is_whole in left.elements():  # a bias of CuDNN has those of both kernels
        halves = [((shape[0] // 2,), is_whole), ((2, shape[0] // 2), is_whole)] if len(shape) == 1 else []
        half = next((item for item in halves if lacking[item]), None)
        if half is None:
            return False
        lacking[half] -= 1
    return bool(own) and not lacking.total()


def _counted(specs: Iterable[Spec]) -> Counter[tuple[tuple[int, ...], bool]]:
    """What must be equal: shapes, and whether the numbers are whole."""
    return Counter((shape, dtype.startswith(("int", "uint", "bool"))) for shape, dtype in specs)


def _written_names(weights: HDF5File) -> dict[str, str]:
    """Finds the path of each layer by the names that Keras writes beside the weights since 3.7."""
    names: dict[str, str] = {}
    for group, attributes in weights.groups.items():
        owner = OWN_VARIABLES.fullmatch(group)
        if owner and isinstance(attributes.get("name"), str):
            names[owner[1]] = attributes["name"]
    found: dict[str, str] = {}
    for path in names:
        steps = path.split("/")
        around = ["/".join(steps[:end]) for end in range(2, len(steps) + 1, 2)]
        found["/".join(names.get(owner, "") for owner in around)] = path
    return found
