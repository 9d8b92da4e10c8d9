"""What is known about a tensor before there is data."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import keras

Shape = tuple[int | None, ...]


def shape_text(shape: Iterable[int | None]) -> str:
    """Returns a shape as Keras prints it: `(None, 28, 28)`."""
    return repr(tuple(shape))


@dataclass(frozen=True)
class TensorSpec:
    """A symbolic tensor as a value: it compares by content and holds no layer.

    Attributes:
        shape: Dimensions; None where it depends on the data.
        dtype: As Keras names it, e.g. `float32`.
        sparse: Whether it is a sparse tensor.
        ragged: Whether it is a ragged tensor.
        mask: Shape of the mask that it carries, or None where it carries none.
    """

    shape: Shape
    dtype: str
    sparse: bool = False
    ragged: bool = False
    mask: Shape | None = None

    @classmethod
    def of(cls, tensor: keras.KerasTensor) -> TensorSpec:
        """Returns the spec of a symbolic tensor."""
        mask = getattr(tensor, "_keras_mask", None)
        return cls(
            tuple(tensor.shape),
            str(tensor.dtype),
            bool(tensor.sparse),
            bool(getattr(tensor, "ragged", False)),
            None if mask is None else tuple(mask.shape),
        )

    def tensor(self, *, masked: bool) -> keras.KerasTensor:
        """Returns a new symbolic tensor of this spec, with its mask if `masked`."""
        tensor = keras.KerasTensor(self.shape, self.dtype, sparse=self.sparse, ragged=self.ragged)
        if masked and self.mask is not None:
            # Keras' layers keep the mask in this attribute.
            tensor._keras_mask = keras.KerasTensor(self.mask, "bool")
        return tensor

    def bytes(self, batch_size: int) -> int:
        """Returns the size; an unknown dimension counts as `batch_size` in front and as 1 elsewhere."""
        shape = [batch_size if i == 0 and d is None else (d or 1) for i, d in enumerate(self.shape)]
        return math.prod(shape) * dtype_size(self.dtype)


def dtype_size(dtype: str) -> int:
    """Returns the bytes of one number of a dtype; strings count as nothing, as their length is unknown."""
    if dtype in ("bool", "int8", "uint8", "string"):
        return int(dtype != "string")
    digits = "".join(c for c in dtype.split("_")[0] if c.isdigit())
    return int(digits) // 8 if digits else 4


class UnknownSize(Exception):
    """A size is needed that depends on the data."""


def product(sizes: Sequence[int | None]) -> int:
    """Multiplies sizes.

    Raises:
        UnknownSize: If one of them is None.
    """
    if None in sizes:
        raise UnknownSize
    return math.prod(size or 0 for size in sizes)
