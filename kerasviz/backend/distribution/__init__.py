"""Where a model lies and trains: as Keras chooses, on one device, or on several at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kerasviz.backend.devices import every_device
from kerasviz.backend.distribution.onedevice import OneDevice
from kerasviz.backend.distribution.placement import BY_ITSELF, Placement, refused
from kerasviz.protocol.text import all_of, text

Layout = Mapping[str, Sequence[str | None]]
"""Names of axes (`batch`, `model`, or None) for each axis of the variables whose path a pattern matches."""


def placement_of(
    devices: Sequence[str] | None, layout: Layout | None = None, shards: int | None = None
) -> Placement:
    """Makes the placement that somebody chose.

    Args:
        devices: Names of devices, as Keras has them; None or none where Keras chooses.
        layout: On JAX, which variables are divided among devices.
        shards: Devices that one copy of the model is divided among.

    Raises:
        RequestError: With code `devices`, for what is not there or can't be done, and a way out.
    """
    names = [] if devices is None else [*devices]
    _check(names)
    if not names:
        if layout:
            raise refused(text("A layout divides a model among devices. Choose two or more, or remove it."))
        return BY_ITSELF
    if len(names) == 1 and not layout:
        return OneDevice(names[0])
    return _several(tuple(names), layout, shards)


def _check(names: list[Any]) -> None:
    if not names:
        return
    if not all(isinstance(name, str) for name in names):
        raise refused(text("Expected names of devices, received: {value}.", value=f"{names!r:.80}"))
    known = [device["name"] for device in every_device()]
    missing = [name for name in names if name not in known]
    if missing:
        raise refused(
            text(
                "There is no device {missing} here. Choose from: {known}.",
                missing=all_of(missing),
                known=", ".join(known),
            )
        )
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise refused(text("The device {name} is chosen twice. Choose it once.", name=twice[0]))
    if len({name.partition(":")[0] for name in names}) > 1:
        raise refused(
            text(
                "{names} are of different kinds, and the slowest would hold up the others. Choose devices of "
                "one kind.",
                names=all_of(names),
            )
        )


def _several(names: tuple[str, ...], layout: Layout | None, shards: int | None) -> Placement:
    import keras

    backend = keras.backend.backend()
    if layout and backend != "jax":
        raise refused(
            text("Only JAX divides a model among devices. Remove the layout, or choose the backend JAX.")
        )
    if backend == "tensorflow":
        from kerasviz.backend.distribution.mirrored import Mirrored

        return Mirrored(names)
    if backend == "jax":
        from kerasviz.backend.distribution.sharded import Sharded

        return Sharded(names, layout, shards)
    raise refused(
        text(
            "On {backend}, each of several devices has a process of its own. Choose the place In a process "
            "of its own, or one of {names}.",
            backend={"torch": "PyTorch"}.get(backend, backend),
            names=", ".join(names),
        )
    )
