"""NumPy files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from kerasviz.data.dataset import Data, FilePath
from kerasviz.data.files.located import located, refused
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import call, lay_out, literal
from kerasviz.writing.snippet import Snippet


def load(x: FilePath, y: FilePath, *, folder: Path) -> Data:
    """Two arrays, each in a file that `numpy.save` wrote. They stay on the disk until they are needed.

    Args:
        x: The file with the inputs.
        y: The file with the targets: what is to be learned.
        folder: Of the document.

    Returns:
        The arrays, as memory maps.

    Raises:
        RequestError: With code `no_data`, where a file holds no array, or objects of Python, which may run
            anything when they are read, or their numbers of samples differ.
    """
    inputs, targets = opened(located(x, folder)), opened(located(y, folder))
    check_samples({x: inputs, y: targets})
    return Data(name=f"{x}, {y}", x=inputs, y=targets, x_name=x, y_name=y)


def code(x: FilePath, y: FilePath) -> Snippet:
    """Writes what `load` does."""
    lines = [
        *lay_out(call("np.load", literal(x), mmap_mode=literal("r")), "x = "),
        *lay_out(call("np.load", literal(y), mmap_mode=literal("r")), "y = "),
    ]
    return Snippet(tuple(lines), ("import numpy as np",), {"x": "x", "y": "y"})


def check_samples(arrays: dict[str, Any]) -> None:
    """Looks that all have a row for each sample.

    Args:
        arrays: By what a person calls them.

    Raises:
        RequestError: With code `no_data`.
    """
    for name, array in arrays.items():
        if array.ndim == 0 or len(array) == 0:
            raise refused(text("Expected an array with one row for each sample in {name}.", name=name))
    first, *others = arrays.items()
    for name, array in others:
        if len(array) != len(first[1]):
            raise refused(
                text(
                    "Expected as many samples in {x} as in {y}. Received: {first} and {second}.",
                    x=first[0],
                    y=name,
                    first=len(first[1]),
                    second=len(array),
                )
            )


def opened(path: Path) -> Any:
    """The array in a file, as a memory map.

    Raises:
        RequestError: With code `no_data`, where there is none.
    """
    try:
        found = np.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, OSError, EOFError, TypeError, SyntaxError, OverflowError, MemoryError) as error:
        raise not_an_array(path.name, error) from None
    if not isinstance(found, np.ndarray):
        raise refused(text("{file} holds several arrays. Choose the source for .npz files.", file=path.name))
    return found


def not_an_array(name: str, error: BaseException) -> Exception:
    """The error for a file that is none of NumPy's, or one with objects in it."""
    said = str(error)
    if "Object arrays" in said:
        return refused(
            text(
                "{file} holds objects of Python, which could run anything when they are read. Save numbers "
                "or text in it.",
                file=name,
            ),
            said,
        )
    return refused(text("{file} is not a file of NumPy, or it is damaged.", file=name), said)
