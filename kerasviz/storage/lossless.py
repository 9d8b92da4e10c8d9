"""Looks that no number becomes another one in silence as it goes into a weight."""

import contextlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import Text, text
from kerasviz.storage.innerlayers import inner_layers

if TYPE_CHECKING:
    import keras

MOST_NAMES = 6
"""Layers that a sentence names."""


@contextlib.contextmanager
def lossless(model: "keras.Model") -> Iterator[list[Text]]:
    """Checks every array that is assigned to a weight of a model meanwhile, whoever assigns it.

    What the weight's dtype can't hold is refused: fractions and NaN in whole numbers, numbers out of its
    range, complex numbers.

    Args:
        model: A built model.

    Yields:
        A list that has a sentence for each thing to be said when the context ends: which layers have their
        numbers rounded, and which have numbers that are not finite.

    Raises:
        ModelFileError: By the assignment, with the layer and the two dtypes.
    """
    owners = {id(variable): (model, variable) for variable in model.variables}
    owners |= {id(v): (layer, v) for _, layer in inner_layers(model) for v in layer.variables}
    doors = [_Door(layer, variable) for layer, variable in owners.values()]
    notes: list[Text] = []
    for door in doors:
        door.variable.assign = door
    try:
        yield notes
    finally:
        for door in doors:
            del door.variable.assign
    notes += said_of_rounded(door.layer for door in doors if door.rounded)
    strange = _listed(door.layer for door in doors if door.strange)
    if strange:
        notes.append(text("The file has weights that are NaN or infinite: {layers}.", layers=strange))


def said_of_rounded(layers: Iterable[str]) -> list[Text]:
    """Says which layers have not the numbers of the file, but what their dtype makes of them."""
    names = _listed(layers)
    if not names:
        return []
    return [text("Weights were rounded to the dtype of their layer: {layers}.", layers=names)]


class _Door:
    """What a weight's `assign` is meanwhile."""

    def __init__(self, layer: Any, variable: Any) -> None:
        self.layer = str(layer.name)
        self.variable = variable
        self.rounded = self.strange = False

    def __call__(self, value: Any) -> Any:
        from kerasviz.backend.helddtype import held_dtype  # with Keras

        array = _as_array(value)
        dtype = held_dtype(self.variable)
        problem = refusal(self.variable.name, dtype, array)
        if problem is not None:
            raise ModelFileError(problem, layer=self.layer)
        self.rounded = is_rounded(array, dtype)
        self.strange = array.dtype.kind == "f" and not bool(np.isfinite(array).all())
        return type(self.variable).assign(self.variable, value)


def refusal(name: str, expected: str, array: np.ndarray) -> Text | None:
    """Says why a weight can't hold numbers, if it can't.

    Args:
        name: The weight's name.
        expected: Its dtype.
        array: What is to be assigned to it.
    """
    dtype = _dtype(expected)
    if array.dtype == dtype:
        return None
    received = str(array.dtype)
    if array.dtype.kind == "c" and dtype.kind != "c":
        return text(
            "Expected real numbers for {weight} ({expected}), received {received}.",
            weight=name,
            expected=expected,
            received=received,
        )
    if _is_whole(dtype) and array.dtype.kind == "f" and not np.array_equal(array, np.trunc(array)):
        return text(
            "Expected whole numbers for {weight} ({expected}), received {received}. Set the dtype of the "
            "layer to float32.",
            weight=name,
            expected=expected,
            received=received,
        )
    if not _is_held(array, dtype):
        return text(
            "Expected numbers that {expected} can hold for {weight}, received {received} from {least} to "
            "{most}. Set the dtype of the layer to {wider}.",
            weight=name,
            expected=expected,
            received=received,
            least=f"{np.nanmin(array):g}",
            most=f"{np.nanmax(array):g}",
            wider=received if _is_whole(array.dtype) == _is_whole(dtype) else "float64",
        )
    return None


def _as_array(value: Any) -> np.ndarray:
    """An array of numbers that NumPy can compare: those of bfloat16 and its like as float32."""
    import keras

    array = value if isinstance(value, np.ndarray) else keras.ops.convert_to_numpy(value)
    return array.astype("float32") if array.dtype.kind == "V" else array


def is_rounded(array: np.ndarray, dtype: str) -> bool:
    """Whether a weight of a dtype, which can hold these numbers, has others in their place."""
    expected = _dtype(dtype)
    if array.dtype.kind != "f" or array.dtype == expected or _is_whole(expected):
        return False
    return not np.array_equal(array, array.astype(expected).astype(array.dtype), equal_nan=True)


def _dtype(name: str) -> np.dtype[Any]:
    import ml_dtypes  # so that NumPy knows the names of its dtypes

    return np.dtype(getattr(ml_dtypes, name, None) or name)


def _is_whole(dtype: np.dtype[Any]) -> bool:
    return dtype.kind in "iub" or dtype.name in ("int4", "uint4")


def _is_held(array: np.ndarray, dtype: np.dtype[Any]) -> bool:
    """Whether a dtype has these numbers: whole ones exactly, others but for their last digits."""
    with np.errstate(all="ignore"):
        cast = array.astype(dtype)
        if _is_whole(dtype) or array.dtype.kind in "iub":
            return bool(np.array_equal(array, cast.astype(array.dtype))) and _same_signs(array, cast)
        return bool(np.array_equal(np.isfinite(array), np.isfinite(cast.astype("float64"))))


def _same_signs(array: np.ndarray, cast: np.ndarray) -> bool:
    """Whether no number wrapped around: -1 as an unsigned number comes back as -1."""
    return bool(np.array_equal(array < 0, cast.astype("float64") < 0))


def _listed(layers: Iterable[str]) -> str:
    names = list(dict.fromkeys(layers))
    return ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
