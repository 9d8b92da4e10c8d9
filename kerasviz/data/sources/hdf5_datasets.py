"""Arrays in an HDF5 file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kerasviz.data.dataset import ColumnName, Data, FilePath
from kerasviz.data.files.hdf5arrays import HDF5Arrays
from kerasviz.data.files.located import located, refused
from kerasviz.data.sources.npy import check_samples
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import lay_out, literal
from kerasviz.writing.snippet import Snippet


def load(
    file: FilePath, x: list[ColumnName] | None = None, y: list[ColumnName] | None = None, *, folder: Path
) -> Data:
    """Arrays in a file that `h5py`, MATLAB and others write. Several go to inputs and outputs by name.

    What a link of the file leads to, and values that it keeps in another file, are not read.

    Args:
        file: The file.
        x: Paths in it of the arrays that are inputs, such as `train/images`.
        y: Paths in it of the arrays that are to be learned.
        folder: Of the document.

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
        read = {path: arrays.read(path) for path in dict.fromkeys((*x, *y))}
    check_samples({str(path): array for path, array in read.items()})
    inputs, targets = ({_last(path): read[path] for path in paths} for paths in (x, y))
    return Data(
        name=Path(file).name,
        x=inputs if len(inputs) > 1 else read[x[0]],
        y=targets if len(targets) > 1 else read[y[0]],
        x_name="x" if len(inputs) > 1 else _last(x[0]),
        y_name="y" if len(targets) > 1 else _last(y[0]),
    )


def names(file: FilePath, *, folder: Path) -> list[str]:
    """Paths of the arrays in a file."""
    with HDF5Arrays(located(file, folder)) as arrays:
        return list(arrays.shapes)


def code(file: FilePath, x: list[ColumnName] | None = None, y: list[ColumnName] | None = None) -> Snippet:
    """Writes what `load` does."""
    if not x or not y:
        raise refused(text("Choose which arrays of {file} are x and y.", file=str(file)))
    lines = [f"with h5py.File({literal(file)}) as file:"]
    for role, paths in (("x", x), ("y", y)):
        lines += lay_out(_read(paths), f"{role} = ", indent=4)
    return Snippet(tuple(lines), ("import h5py",), {"x": "x", "y": "y"})


def _read(paths: Sequence[str]) -> str:
    if len(paths) == 1:
        return f"file[{literal(paths[0])}][:]"
    each = ", ".join(f"{literal(_last(path))}: file[{literal(path)}][:]" for path in paths)
    return "{" + each + "}"


def _last(path: str) -> str:
    return path.rpartition("/")[2]
