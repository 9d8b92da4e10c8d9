"""An array as code: its numbers where they are few, else its bytes."""

from __future__ import annotations

import base64
import textwrap
import zlib

import numpy as np

from kerasviz.codegen.imports import Imports
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import literal

FEW = 16
MOST_BYTES = 2**19
"""Characters of code that a person may paste into a cell."""
_WIDTH = 76


def array_code(array: np.ndarray, imports: Imports) -> list[str]:
    """Writes an array as an item of a list, indented.

    Args:
        array: Numbers or texts.
        imports: Gets what the code needs.

    Raises:
        RequestError: With code `too_large`.
    """
    if array.dtype.kind in "OSU":
        words = [
            word.decode("utf-8", "replace") if isinstance(word, bytes) else str(word) for word in array.flat
        ]
        return _of_values([literal(word) for word in words], array.shape, "keras.ops.convert_to_tensor(")
    if array.size <= FEW:
        return _of_values(
            [literal(value) for value in array.ravel().tolist()], array.shape, dtype=str(array.dtype)
        )
    imports.need("import base64")
    imports.need("import zlib")
    small = _as_small(array)
    packed = base64.b64encode(zlib.compress(np.ascontiguousarray(small).tobytes(), 9)).decode()
    if len(packed) > MOST_BYTES:
        raise RequestError(
            "too_large", text("This sample is too large to be written as code. Choose a smaller one.")
        )
    kind = small.dtype.newbyteorder("<").str.removeprefix("|") if small.dtype.kind != "b" else "bool"
    astype = "" if small.dtype == array.dtype else f".astype({literal(str(array.dtype))})"
    return [
        "    np.frombuffer(",
        "        zlib.decompress(",
        "            base64.b64decode(",
        *(f'                "{line}"' for line in textwrap.wrap(packed, _WIDTH - 16)),
        "            )",
        "        ),",
        f"        {literal(kind)},",
        f"    ){astype}.reshape{array.shape!r},",
    ]


def _of_values(values: list[str], shape: tuple[int, ...], call: str = "", dtype: str = "") -> list[str]:
    inside = f"np.array([{', '.join(values)}]"
    inside += f", {literal(dtype)})" if dtype else ")"
    inside += f".reshape{shape!r}"
    return [f"    {call}{inside}{')' if call else ''},"]


def _as_small(array: np.ndarray) -> np.ndarray:
    """Whole numbers of a byte as bytes: pixels, most often."""
    if array.dtype.kind in "fiu" and array.size and np.isfinite(array).all():
        if array.min() >= 0 and array.max() <= 255 and (array == np.floor(array)).all():
            return array.astype("uint8")
    return array
