"""Which GPU of the machine is the one that a backend calls `gpu:0`."""

from __future__ import annotations

import os
from collections.abc import Sequence


def chosen_gpu(number: int) -> str:
    """What CUDA_VISIBLE_DEVICES names a GPU: its number in the machine, or the begin of its UUID.

    Args:
        number: As a backend counts the GPUs that it sees.
    """
    visible = os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",")
    named = visible[number].strip() if number < len(visible) else ""
    return named or str(number)


def position_of(number: int, labels: Sequence[str], there: Sequence[tuple[str, str]]) -> int | None:
    """Finds a GPU among those of the machine.

    A backend counts by speed, and the driver by the bus, so where their kinds differ the name decides.

    Args:
        number: As a backend counts the GPUs that it sees.
        labels: The names of all that it sees, in its order.
        there: UUID and name of those of the machine, in the order of the driver.

    Returns:
        None where it is not among them.
    """
    named = chosen_gpu(number)
    if not named.isdecimal():
        return next((at for at, (uuid, _) in enumerate(there) if uuid.startswith(named)), None)
    at = int(named)
    label = labels[number] if number < len(labels) else None
    if at < len(there) and label in (there[at][1], None):
        return at
    same = [position for position, (_, name) in enumerate(there) if name == label]
    rank = [*labels][:number].count(str(label))
    if rank < len(same):
        return same[rank]
    return at if at < len(there) and not same else None
