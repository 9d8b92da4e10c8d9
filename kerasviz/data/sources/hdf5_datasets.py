"""Arrays in an HDF5 file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from kerasviz.data.dataset import ColumnName, Data, FilePath
from kerasviz.data.files.hdf5arrays import HDF5Arrays
from kerasviz.data.files.located import located, refused
from kerasviz.data.files.numberedwords import numbered_words
from kerasviz.data.files.seen import Keep
from kerasviz.data.sources.npy import check_samples
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import Expression, Group, lay_out, literal
from kerasviz.writing.snippet import Snippet


def load(
    file: FilePath,
    x: list[ColumnName] | None = None,
    y: list[ColumnName] | None = None,
    *,
    folder: Path,
    keep: Keep,
) -> Data:
    """Arrays in a file that `h5py`, MATLAB and others write. Several go to inputs and outputs by name.

    What a link of the file leads to, and values that it keeps in another file, are not read. Words that are
    to be learned become numbers of classes.

    Args:
        file: The file.
        x: Arrays that are inputs, or columns of a table, such as `train/images`.
        y: Arrays or columns that are to be learned.
        folder: Of the document.
        keep: Keeps the code.

    Returns:
        The arrays; each is called as the last part of its path. One that is large lies on the disk.

    Raises:
        RequestError: With code `no_data`, where it is no such file, an array is missing or lies elsewhere, or
            their numbers of samples differ.
    """
    with HDF5Arrays(located(file, folder)) as arrays:
        if not x or not y:
            raise refused(
                text(
                    "Choose which arrays of {file} are x and y. There are {names}.",
                    file=Path(file).name,
                    names=arrays.names(),
                )
            )
        read = {str(path): arrays.read(path) for path in dict.fromkeys((*x, *y))}
    check_samples(read)
    inputs = {name: read[path] for path, name in _called(x).items()}
    numbered = {name: numbered_words(read[path], name) for path, name in _called(y).items()}
    targets = {name: array for name, (array, _, _) in numbered.items()}
    words = [path for path, name in _called(y).items() if numbered[name][1]]
    keep(_code(file, x, y, words))
    names = next(iter(numbered.values()))[1] if len(y) == 1 else None
    return Data(
        name=Path(file).name,
        x=inputs if len(inputs) > 1 else read[x[0]],
        y=targets if len(targets) > 1 else next(iter(targets.values())),
        classes=None if names is None else len(names),
        notes=[note for _, _, notes in numbered.values() for note in notes],
        x_name="x" if len(inputs) > 1 else next(iter(inputs)),
        y_name="y" if len(targets) > 1 else next(iter(targets)),
        class_names=names,
    )


def names(file: FilePath, *, folder: Path) -> dict[str, str]:
    """Paths of the arrays in a file, and of the columns of its tables, with what each holds."""
    with HDF5Arrays(located(file, folder)) as arrays:
        return {
            path: f"{shape} {kind if kind == 'words' else np.dtype(kind).name}"
            for path, (shape, kind) in arrays.shapes.items()
        }


def code(
    file: FilePath, x: list[ColumnName] | None, y: list[ColumnName] | None, *, known: Snippet | None
) -> Snippet:
    """Writes what `load` does."""
    if not x or not y:
        raise refused(text("Choose which arrays of {file} are x and y.", file=str(file)))
    return known or _code(file, x, y, ())


def _code(file: str, x: Sequence[str], y: Sequence[str], words: Collection[str]) -> Snippet:
    lines = [f"with h5py.File({literal(file)}) as file:"]
    for role, paths in (("x", x), ("y", y)):
        each = [(f"{literal(name)}: ", _read(path, path in words)) for path, name in _called(paths).items()]
        lines += lay_out(
            Group("", "{}", tuple(each)) if len(each) > 1 else each[0][1], f"{role} = ", indent=4
        )
    imports = ("import h5py", "import numpy as np") if words else ("import h5py",)
    by_name = frozenset(role for role, paths in (("x", x), ("y", y)) if len(paths) > 1)
    return Snippet(tuple(lines), imports, {"x": "x", "y": "y"}, by_name=by_name)


def _read(path: str, numbered: bool) -> Expression:
    # An array in a group and a column of a table are read alike, key by key.
    keys = "".join(f"[{literal(key)}]" for key in path.split("/"))
    return f"np.unique(file{keys}[:], return_inverse=True)[1]" if numbered else f"file{keys}[:]"


def _called(paths: Sequence[str]) -> dict[str, str]:
    """What each array is called: as the last part of its path, or by all of it where another one ends so."""
    last = [path.rpartition("/")[2] for path in paths]
    return {
        path: path.replace("/", "_") if last.count(end) > 1 else end
        for path, end in zip(paths, last, strict=True)
    }
