"""The devices that a run can be trained on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasviz.protocol import JSON
from kerasviz.protocol.devices import Devices

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session


def devices(session: Session, payload: JSON, client: Client) -> Devices:
    """All devices that Keras has, with their memory and load now."""
    from kerasviz.backend.devices import every_device
    from kerasviz.backend.hardware import states

    return Devices(devices=states(every_device()))
