"""What is the same for all samples: nothing can be learned from it, and nothing of it."""

from __future__ import annotations

from typing import Any


def is_same(array: Any) -> bool:
    """Whether all samples `(samples, ...)`, two at least, are alike."""
    return len(array) > 1 and bool((array == array[:1]).all())
