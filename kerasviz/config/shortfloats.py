"""Numbers that Keras kept as float32, with the digits that they have."""

from typing import Any

import numpy as np


def short_floats(value: Any) -> Any:
    """Writes 0.9 for 0.8999999761581421: the same float32, as somebody has typed it.

    Args:
        value: Plain data.

    Returns:
        A copy; numbers that are no float32 stay what they are.
    """
    if isinstance(value, dict):
        return {key: short_floats(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [short_floats(item) for item in value]
    if isinstance(value, float):
        with np.errstate(over="ignore"):
            single = np.float32(value)
        return float(str(single)) if np.isfinite(single) and float(single) == value else value
    return value
