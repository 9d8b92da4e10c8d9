"""What a form offers devices for."""

from __future__ import annotations

from typing import NewType

DeviceName = NewType("DeviceName", str)
"""A device as Keras names it, `gpu:0`."""
