"""Devices to train on, and how much of them is in use."""

from __future__ import annotations

from typing import TypedDict

from kerasviz.protocol.hello import Device


class OthersUse(TypedDict):
    """What other programs than this kernel, and those that it has started, use of a device."""

    count: int
    """How many programs."""
    bytes: int | None
    """Their memory; null where the driver does not tell."""


class DeviceState(Device):
    """A device, now."""

    total: int | None
    """Memory in bytes; null where nobody tells, as with all of these."""
    free: int | None
    load: float | None
    """Share of its time in which it computes, in percent."""
    others: OthersUse | None


class Devices(TypedDict):
    """All devices that Keras can train on in this kernel."""

    devices: list[DeviceState]
