"""Which layers of a drawing get their weights from a file, and which of the numbers are rounded."""

import functools
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from kerasviz.storage.by_name import open_layers
from kerasviz.storage.lossless import is_rounded, refusal
from kerasviz.storage.storedlayers import Spec, StoredLayers

FILES = 8
"""Files whose layers are remembered, without their numbers."""
_Taken = tuple[str | None, tuple[Spec, ...]]
"""A layer of a file, None where weights are found by their order; shape and dtype of what takes them."""


def fitting(path: str | os.PathLike[str], drawn: Mapping[str, Sequence[Spec]]) -> dict[str, str | None]:
    """Finds which layers of a drawing get their weights from a file.

    The numbers are read of those layers alone whose dtype is another one in the file, and once.

    Args:
        path: As `load_by_name` takes it.
        drawn: Shape and dtype of the weights of each layer, which is named as `inner_layers` does.

    Returns:
        The layers whose weights the file has by name; all, where weights alone fit by their order. Each with
        the dtype that its numbers are rounded to; None where they stay as they are in the file.

    Raises:
        ModelFileError: When the file can't be read.
    """
    state = os.stat(path)
    file = _file(os.fspath(path), (state.st_ino, state.st_size, state.st_mtime_ns))
    ways = [way for way, specs in drawn.items() if file.layers is not None and file.layers.fits(way, specs)]
    by_order = file.layers is not None and file.alone and _is_all(file.layers, drawn)
    sources = {way: way if way in ways else None for way in (drawn if by_order else ways)}
    changes = file.changes({way: (source, tuple(drawn[way])) for way, source in sources.items()})
    return {way: dtype for way, (is_held, dtype) in changes.items() if is_held}


class _File:
    """What a file has, read once.

    Args:
        path: The file.

    Attributes:
        layers: Its layers, which can't be loaded any more; None where it has none.
        alone: Whether it has weights alone.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._changes: dict[_Taken, tuple[bool, str | None]] = {}
        with open_layers(path) as (self.layers, self.alone):
            pass

    def changes(self, taken: Mapping[str, "_Taken"]) -> dict[str, tuple[bool, str | None]]:
        """Tells what becomes of the numbers of layers.

        Args:
            taken: What each takes.

        Returns:
            Whether its dtypes can hold the numbers, and the dtype that they are rounded to, if they are.
        """
        unread = {item for item in taken.values() if item not in self._changes and self._differs(*item)}
        if unread:
            with open_layers(self._path) as (layers, _):
                for item in unread:
                    self._changes[item] = (False, None) if layers is None else _change(layers, *item)
        return {way: self._changes.get(item, (True, None)) for way, item in taken.items()}

    def _differs(self, way: str | None, drawn: Sequence[Spec]) -> bool:
        dtypes = {dtype for _, dtype in self.layers.specs(way)} if self.layers is not None else set()
        return not dtypes <= {dtype for _, dtype in drawn}


@functools.lru_cache(maxsize=FILES)
def _file(path: str, state: tuple[int, ...]) -> _File:
    """A file as it was in a state: whoever writes it again makes another one."""
    return _File(path)


def _is_all(layers: StoredLayers, drawn: Mapping[str, Sequence[Spec]]) -> bool:
    every = (spec for specs in drawn.values() for spec in specs)
    return _shapes(every) == _shapes(layers.specs())


def _shapes(specs: Iterable[Spec]) -> Counter[tuple[int, ...]]:
    return Counter(shape for shape, _ in specs)


def _change(layers: StoredLayers, way: str | None, drawn: Sequence[Spec]) -> tuple[bool, str | None]:
    rounded = None
    shapes = {shape for shape, _ in drawn}
    for key in layers.keys(way):
        if way is None and layers.spec(key)[0] not in shapes:
            continue
        array = layers.read(key)
        for dtype in dict.fromkeys(_dtypes(array, drawn)):
            if refusal("", dtype, array) is not None:
                return False, None
            rounded = dtype if is_rounded(array, dtype) else rounded
    return True, rounded


def _dtypes(array: np.ndarray, drawn: Sequence[Spec]) -> list[str]:
    """The dtypes that an array may come to have in a layer; weights of old files have other shapes there."""
    found = [dtype for shape, dtype in drawn if shape == array.shape]
    return found or [dtype for _, dtype in drawn if "float" in dtype]
