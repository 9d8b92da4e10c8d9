"""Arrays in an .npz file."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kerasviz.backend.memory import capacity
from kerasviz.data.dataset import ColumnName, Data, FilePath
from kerasviz.data.files.located import located, refused
from kerasviz.data.files.seen import Keep
from kerasviz.data.sources.npy import check_samples, not_an_array
from kerasviz.protocol.text import all_of, text
from kerasviz.writing.expressions import Group, lay_out, literal
from kerasviz.writing.snippet import Snippet

_INPUTS = ("x_train", "train_x", "train_images", "x", "X", "X_train", "images", "data", "features", "inputs")
_TARGETS = ("y_train", "train_y", "train_labels", "y", "Y", "Y_train", "labels", "target", "targets", "label")
_TEST = re.compile(r"train", re.I)


def load(
    file: FilePath,
    x: list[ColumnName] | None = None,
    y: list[ColumnName] | None = None,
    *,
    folder: Path,
    keep: Keep,
) -> Data:
    """Arrays in a file that `numpy.savez` or `numpy.savez_compressed` wrote.

    Args:
        file: The file.
        x: Names of the arrays that are inputs; found by their usual names where nothing is said. Several go
            to the inputs of the model by name.
        y: Names of the arrays that are to be learned.
        folder: Of the document.
        keep: Keeps the code.

    Returns:
        The arrays. Where they are called `x_train` and `y_train`, those called `x_test` and `y_test` are the
        part for the test.

    Raises:
        RequestError: With code `no_data`, where it is no such file, an array is missing, holds objects of
            Python, or is larger than the memory, or their numbers of samples differ.
    """
    path = located(file, folder)
    with _opened(path) as archive:
        there = list(archive.files)
        inputs = _chosen(x, _INPUTS, there, "x", path.name)
        targets = _chosen(y, _TARGETS, there, "y", path.name)
        arrays = _arrays(archive, [*inputs, *targets], path)
        check_samples(arrays)
        tests = [_TEST.sub("test", name, count=1) for name in (*inputs, *targets)]
        test = None
        if x is y is None and all(name in there for name in tests) and tests[0] != inputs[0]:
            held = dict(zip(arrays, _arrays(archive, tests, path).values(), strict=True))
            check_samples(held)
            test = _data(path.name, held, inputs, targets)
    keep(_code(file, inputs, targets))
    return _data(path.name, arrays, inputs, targets, test)


def code(
    file: FilePath, x: list[ColumnName] | None, y: list[ColumnName] | None, *, known: Snippet | None
) -> Snippet:
    """Writes what `load` does."""
    return known or _code(file, x or [_INPUTS[0]], y or [_TARGETS[0]])


def names(file: FilePath, *, folder: Path) -> dict[str, str]:
    """Names of the arrays in a file, with what each holds."""
    path = located(file, folder)
    with _opened(path) as archive:
        try:
            headers = {name: _header(archive.zip, name) for name in archive.files}
        except (ValueError, OSError, EOFError, KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise not_an_array(path.name, error) from None
        return {name: f"{shape} {dtype.name}" for name, (shape, dtype) in headers.items()}


def _code(file: str, x: Sequence[str], y: Sequence[str]) -> Snippet:
    lines = [f"arrays = np.load({literal(file)})"]
    for role, chosen in (("x", x), ("y", y)):
        each = [(f"{literal(name)}: ", f"arrays[{literal(name)}]") for name in chosen]
        lines += lay_out(Group("", "{}", tuple(each)) if len(each) > 1 else each[0][1], f"{role} = ")
    by_name = frozenset(role for role, chosen in (("x", x), ("y", y)) if len(chosen) > 1)
    return Snippet(tuple(lines), ("import numpy as np",), {"x": "x", "y": "y"}, by_name=by_name)


def _opened(path: Path) -> Any:
    try:
        found = np.load(path, allow_pickle=False)
        if isinstance(found, np.ndarray):
            found = None
    except (ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise not_an_array(path.name, error) from None
    if found is None:
        raise refused(text("{file} holds one array. Choose the source for .npy files.", file=path.name))
    return found


def _chosen(
    said: list[ColumnName] | None, usual: tuple[str, ...], there: list[str], role: str, file: str
) -> list[str]:
    """The names of arrays for x or y."""
    if said:
        missing = [name for name in said if name not in there]
        if not missing:
            return list(map(str, said))
        found = f"{missing[0]!r:.80}"
        raise refused(
            text("{file} has no array {name}. There are {names}.", file=file, name=found, names=_some(there))
        )
    known = next((name for name in usual if name in there), None)
    if known is None:
        names = _some(there)
        raise refused(
            text(
                "Choose which array of {file} is {role}. There are {names}.",
                file=file,
                role=role,
                names=names,
            )
        )
    return [known]


def _some(there: list[str]) -> str:
    return all_of(there[:20]) if there else "-"


def _arrays(archive: Any, wanted: list[str], path: Path) -> dict[str, Any]:
    """Reads arrays whose sizes their headers tell, where there is memory for them."""
    try:
        size = sum(_size(archive.zip, name) for name in wanted)
        free = capacity(False)
        if free is not None and size > free["free"]:
            raise refused(
                text(
                    "{file} takes {size} GB of memory, and {free} GB are free. Save its arrays as .npy "
                    "files, which stay on the disk.",
                    file=path.name,
                    size=f"{size / 1e9:.1f}",
                    free=f"{free['free'] / 1e9:.1f}",
                )
            )
        return {name: archive[name] for name in wanted}
    except (ValueError, OSError, EOFError, KeyError, zipfile.BadZipFile, zlib.error, RuntimeError) as error:
        raise not_an_array(path.name, error) from None


def _size(archive: zipfile.ZipFile, name: str) -> int:
    """Bytes that an array declares: its member may be a few that unpack to as many."""
    shape, dtype = _header(archive, name)
    return int(dtype.itemsize) * int(np.prod(shape, dtype=object))


def _header(archive: zipfile.ZipFile, name: str) -> tuple[tuple[int, ...], np.dtype[Any]]:
    member = f"{name}.npy" if f"{name}.npy" in archive.namelist() else name
    with archive.open(member) as stream:
        if np.lib.format.read_magic(stream) == (1, 0):
            shape, _, dtype = np.lib.format.read_array_header_1_0(stream)
        else:
            shape, _, dtype = np.lib.format.read_array_header_2_0(stream)
    return shape, dtype


def _data(
    name: str, arrays: dict[str, Any], inputs: list[str], targets: list[str], test: Data | None = None
) -> Data:
    x, y = ({each: arrays[each] for each in chosen} for chosen in (inputs, targets))
    return Data(
        name=name,
        x=x if len(x) > 1 else x[inputs[0]],
        y=y if len(y) > 1 else y[targets[0]],
        x_name="x" if len(x) > 1 else inputs[0],
        y_name="y" if len(y) > 1 else targets[0],
        test=test,
    )
