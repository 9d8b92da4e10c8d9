"""Workers on several machines, or several on one: each is a process, and all have the same model."""

from __future__ import annotations

from typing import Any

import keras

from kerasviz.backend.batchshare import Share
from kerasviz.backend.distribution.placement import Placement, refused
from kerasviz.protocol.text import text

BACKENDS = ("jax", "torch")
"""Those on which Keras trains in several processes."""


def check_joins(backend: str) -> None:
    """Refuses a backend on which workers can't train together.

    Raises:
        RequestError: With code `devices`.
    """
    if backend not in BACKENDS:
        raise refused(
            text(
                "Keras trains on several workers with JAX or PyTorch, not with {backend}. Choose one of them "
                "as the backend of the place.",
                backend={"tensorflow": "TensorFlow"}.get(backend, backend),
            )
        )


def join(share: Share, address: str, device: str | None = None) -> Placement:
    """Joins this worker with the others; before anything is computed.

    Args:
        share: Which of them this is.
        address: Where the first one waits for the others, `host:port`.
        device: On PyTorch, the device of this one, as Keras names it.

    Returns:
        Where models lie from now on.

    Raises:
        RequestError: With code `devices`, where the backend can't, or the workers stayed alone.
    """
    backend = keras.backend.backend()
    check_joins(backend)
    placement: Any
    if backend == "jax":
        from kerasviz.backend.distribution.joinedjax import JoinedJax, joined

        placement = JoinedJax
    else:
        from kerasviz.backend.distribution.joinedtorch import JoinedTorch, joined

        placement = JoinedTorch
    found = joined(share, address, device)
    if found != share.count:
        raise refused(
            text(
                "{count} workers were to train together, but {found} found each other. The training was "
                "stopped, as each would have trained alone.",
                count=share.count,
                found=found,
            )
        )
    made: Placement = placement(share)
    return made
