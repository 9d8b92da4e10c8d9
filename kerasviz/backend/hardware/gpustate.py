"""What a driver tells of one GPU."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class GPUState:
    """One GPU.

    Attributes:
        uuid: What tells it from others, `GPU-5f3c…`.
        name: What the maker calls it.
        total: Its memory in bytes.
        free: What is not in use.
        load: Share of the time in which it computes, in percent; None where the driver does not tell.
        processes: Those that use it, with the bytes of each, None where the driver does not tell.
    """

    uuid: str
    name: str
    total: int
    free: int
    load: float | None
    processes: Mapping[int, int | None] = field(default_factory=dict)
