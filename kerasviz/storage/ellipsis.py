"""Slices with `...`, which Keras writes into `.h5` files but can't read from there."""

from typing import Any

_WHOLE_AXIS = {"class_name": "__slice__", "config": {"start": None, "stop": None, "step": None}}


def spelled_out(value: Any) -> Any:
    """Copies a config with each `x[..., 0]` as `x[:, :, 0]`, which gives the same.

    Keras decodes `...` in a `.h5` file before it reads the call that has it, and then can't read the call.
    Source: https://github.com/keras-team/keras/issues/19145

    Args:
        value: A model in today's Keras JSON, or any value in it.
    """
    if isinstance(value, list):
        return [spelled_out(item) for item in value]
    if not isinstance(value, dict):
        return value
    args = value.get("args")
    if isinstance(args, list) and len(args) == 2 and isinstance(args[1], list):
        rank = _rank(args[0])
        if rank is not None:
            return {**value, "args": [args[0], _spelled_out(args[1], rank)]}
    return {key: spelled_out(item) for key, item in value.items()}


def _spelled_out(key: list[Any], rank: int) -> list[Any]:
    found: list[Any] = []
    for item in key:
        if isinstance(item, dict) and item.get("class_name") == "__ellipsis__":
            others = sum(other is not None for other in key) - 1
            found += [_WHOLE_AXIS] * (rank - others)
        else:
            found.append(item)
    return found


def _rank(tensor: Any) -> int | None:
    """Counts the axes of a tensor that is given to a call."""
    config = tensor.get("config") if isinstance(tensor, dict) else None
    shape = config.get("shape") if isinstance(config, dict) else None
    return len(shape) if isinstance(shape, list) else None
