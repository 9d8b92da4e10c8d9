"""Checks arrays and dtypes that are written into a config."""

from typing import Any

from kerasviz.config.budget import most, way_on
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import text

DTYPES = frozenset(
    "float16 float32 float64 bfloat16 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool string "
    "complex64 complex128 float8_e4m3fn float8_e5m2 int4 uint4".split()
)
MAX_ARRAY_ITEMS = 2**17
MAX_TEXT_BYTES = 2**28
MAX_TEXTS = 2**19
"""Words of one list: Python does nothing else for a third of a second while Keras counts so many."""


def check_dtype(dtype: Any, layer: str | None) -> None:
    """Refuses what is no dtype of Keras.

    Raises:
        ModelFileError: With what was received.
    """
    # NumPy reads lengths out of a dtype such as "S1000000000", and reserves them.
    if not isinstance(dtype, str) or dtype not in DTYPES:
        received = repr(str(dtype)[:40])
        raise ModelFileError(
            text("Expected a Keras dtype, received {received}.", received=received), layer=layer
        )


def check_texts(texts: list[str], layer: str | None, before: int = 0) -> int:
    """Refuses texts of which NumPy would make a large array: it takes as much for each as for the longest.

    Args:
        texts: A list in the config.
        layer: Where it is.
        before: What the lists before it take.

    Returns:
        What it takes, in bytes, with those before.

    Raises:
        ModelFileError: With the memory that they would take.
    """
    longest = max(map(len, texts), default=0)
    size = 4 * longest * len(texts)
    largest, count = most(MAX_TEXT_BYTES, "gigabytes"), most(MAX_TEXTS, "seconds")
    way = way_on("gigabytes", 1.25 * (before + size) / largest)
    if size > largest:
        raise ModelFileError(
            text(
                "{count} texts, of which the longest has {longest} characters, would take {size} MB. "
                "Shorten the long ones. {way_on}",
                count=f"{len(texts):,}",
                longest=f"{longest:,}",
                size=f"{size >> 20:,}",
                way_on=way,
            ),
            layer=layer,
        )
    if before + size > largest:
        raise ModelFileError(
            text(
                "Its texts and those of the layers before it would take {size} MB. Shorten the long ones. "
                "{way_on}",
                size=f"{(before + size) >> 20:,}",
                way_on=way,
            ),
            layer=layer,
        )
    if len(texts) > count:
        raise ModelFileError(
            text(
                "It has {count} words; reading more than {most} keeps the kernel from answering meanwhile. "
                "{way_on}",
                count=f"{len(texts):,}",
                most=f"{count:,}",
                way_on=way_on("seconds", 1.25 * len(texts) / count),
            ),
            layer=layer,
        )
    return before + size


def check_numbers(value: Any, layer: str | None) -> None:
    """Refuses what is no array of numbers, or one that is too large.

    Raises:
        ModelFileError: With the limit.
    """
    largest = most(MAX_ARRAY_ITEMS, "gigabytes")
    count, stack = 0, [value]
    while stack:
        item = stack.pop()
        if type(item) is list:
            count += len(item)
            stack.extend(item)
        elif type(item) not in (int, float, bool):
            raise ModelFileError(text("Expected an array of numbers."), layer=layer)
        if count > largest:
            raise ModelFileError(
                text(
                    "An array in a config may hold at most {most} numbers. {way_on}",
                    most=f"{largest:,}",
                    way_on=way_on("gigabytes", 4),
                ),
                layer=layer,
            )
