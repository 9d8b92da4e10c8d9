"""Whether workers train one model: that is checked, as they would train alone without a word."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np

from kerasviz.backend.localvalues import local_value
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.training.together.workers import Workers

MOST = 4096
"""Numbers of each variable that are compared, evenly spaced."""


def check_same(workers: Workers, model: Any) -> None:
    """Compares the weights of all workers, which are equal to the bit after each batch.

    Raises:
        RequestError: With code `place`, where they are not.
    """
    digests = workers.gather(_digest(model))
    first = next((rank for rank, digest in enumerate(digests) if digest != digests[0]), None)
    different = workers.agree(first)
    if different is not None:
        raise RequestError(
            "place",
            text(
                "The workers do not train together: the weights of worker {rank} are not those of worker 0. "
                "The training was stopped, as its numbers would be false.",
                rank=different,
            ),
        )


def _digest(model: Any) -> int:
    digest = 0
    for variable in model.trainable_variables:
        values = np.ravel(local_value(variable))
        step = max(1, len(values) // MOST)
        digest = zlib.crc32(np.ascontiguousarray(values[::step]).tobytes(), digest)
    return digest
