"""Counts what a config may cost, before Keras sees it: the same count for every class, and linear.

Any number in a config may be how many things Keras makes for it, or how often it does something, and any two
may be rows and columns. Where the count is small, Keras may build it at once; else it is tried in another
process first (`trial.py`), which finds out. What was built once, after a trial or by an edit of the user's,
needs no other trial.
"""

import hashlib
import heapq
import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kerasviz.config.fresh import is_plain

ONE = 2**18
"""The largest number that counts as small: vocabularies and widths of usual models are below it."""
PAIR = 2**26
"""The largest product of two: a table of 64 million numbers."""
ALL = 2**22
"""The largest sum, over all objects; the largest model of keras.applications has a fifth of it."""
PAIRS = 2**29
KNOWN = 2**12
"""From which number on it is remembered that an object was built."""
_NO_SIZES = frozenset({"seed", "build_config", "shared_object_id", "kerasviz"})


class Cost(NamedTuple):
    """What one object counts.

    Attributes:
        largest: The largest number in it, or the length of a list.
        pair: The product of the two largest numbers.
        key: What tells it from other objects; its name does not.
    """

    largest: int
    pair: int
    key: bytes


_built: set[bytes] = set()


def may_be_large(config: Any, shapes: Iterable[int] = ()) -> bool:
    """Tells whether Keras may take much memory or time for a config, and did not build it before.

    Args:
        config: Any part of a Keras JSON.
        shapes: Sizes of what comes in.
    """
    costs = [cost for cost in _costs(config, _width(shapes)) if cost.key not in _built]
    if any(cost.largest > ONE or cost.pair > PAIR for cost in costs):
        return True
    return sum(cost.largest for cost in costs) > ALL or sum(cost.pair for cost in costs) > PAIRS


def remember_built(config: Any, shapes: Iterable[int] = ()) -> None:
    """Remembers that Keras has built a config, with all that is nested in it."""
    _built.update(cost.key for cost in _costs(config, _width(shapes)) if cost.key)


def _width(shapes: Iterable[int]) -> int:
    """The largest size of what comes in, where it counts: else the layer is the same with any input."""
    widest = max(shapes, default=0)
    return widest if widest > ONE else 0


def count_of(config: Any) -> int:
    """Counts a config by its largest numbers, to find the one of several that costs most."""
    return sum(cost.largest + cost.pair for cost in _costs(config, 0))


def _costs(config: Any, width: int) -> Iterator[Cost]:
    """Counts each object in a config, those inside others for themselves."""
    stack = [config]
    while stack:
        item = stack.pop()
        sizes: list[int] = [width]
        inner = list(_parts(item))
        while inner:
            part = inner.pop()
            if type(part) is int:
                sizes.append(abs(part))
            elif type(part) is list:
                sizes.append(len(part))
                inner.extend(_largest_two(part) if is_plain(part) else part)
            elif type(part) is dict:
                if "class_name" in part and part["class_name"] != "__keras_tensor__":
                    stack.append(part)
                elif "class_name" not in part:
                    inner.extend(_parts(part))
        sizes.sort()
        largest = sizes[-1]
        own = sizes[:]
        if width:
            own.remove(width)
        pair = own[-1] * own[-2] if len(own) > 1 else 0
        yield Cost(largest, pair, _key(item, width) if max(largest, pair >> 12) >= KNOWN else b"")


def _largest_two(values: list[Any]) -> list[int]:
    return heapq.nlargest(2, (abs(value) for value in values if type(value) is int))


def _parts(item: Any) -> list[Any]:
    if type(item) is dict:
        return [value for key, value in item.items() if key not in _NO_SIZES]
    return item if type(item) is list else [item]


def _key(item: Any, width: int) -> bytes:
    def nameless(value: Any) -> Any:
        if type(value) is dict:
            return {key: nameless(part) for key, part in value.items() if key not in ("name", "build_config")}
        return [nameless(part) for part in value] if type(value) is list and not is_plain(value) else value

    written = json.dumps([nameless(item), width], sort_keys=True, default=str)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).digest()
