"""Every combination."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.sweep.ranges import Range
from kerasviz.sweep.study import MOST_TRIALS, Search, search


def tried(*, ranges: Sequence[Range]) -> Search:
    """Tries every combination of the listed values.

    Args:
        ranges: What is tried: lists of values.

    Raises:
        RequestError: With code `plan`, for a range without a list, and for too many combinations.
    """
    for one in ranges:
        if one.values is None:
            raise RequestError(
                "plan",
                text(
                    "A grid tries lists of values, but {name} is a range of numbers. List its values, or "
                    "choose random values.",
                    name=one.name,
                ),
            )
    sizes = [len(one.values or ()) for one in ranges]
    if math.prod(sizes) > MOST_TRIALS:
        raise RequestError(
            "plan",
            text(
                "The grid has {count} combinations, more than {most}. Remove values, or draw random values.",
                count=math.prod(sizes),
                most=MOST_TRIALS,
            ),
        )
    found = search(math.prod(sizes))
    for drawn in itertools.product(*map(range, sizes)):
        found.study.enqueue_trial({str(i): index for i, index in enumerate(drawn)})
    return found
