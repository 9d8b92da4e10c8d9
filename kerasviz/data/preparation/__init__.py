"""Makes of what a source gives the arrays that a model learns from."""

from __future__ import annotations

from kerasviz.data.dataset import Data, Loaded
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def prepared(loaded: Loaded) -> Data:
    """Prepares data for training.

    Args:
        loaded: What a source gave.

    Returns:
        Arrays to train on.

    Raises:
        RequestError: With code `no_data`, for what no model can be trained on.
    """
    if isinstance(loaded, Data):
        return loaded
    raise RequestError("no_data", text("{name} can't be trained on.", name=loaded.name))
