"""By typing a text."""

from __future__ import annotations

import numpy as np

from kerasviz.insight.own import OwnInput
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

LONGEST = 100_000
"""Characters."""


def fits(own: OwnInput) -> bool:
    """Whether the data is texts, or the model takes them."""
    return own.takes_texts()


def change(text: str, *, own: OwnInput) -> np.ndarray:
    """Takes a text; its words are looked up by the steps of the preparation, or by the model.

    Args:
        text: Any.
        own: What it is made for.

    Raises:
        RequestError: With code `no_text`, where it is too long, or samples are no texts.
    """
    if not own.takes_texts():
        raise _no_text()
    if len(text) > LONGEST:
        raise _too_long()
    return np.full(own.base.shape, text, dtype=object)


def _no_text() -> RequestError:
    return RequestError(
        "no_text",
        text("This model does not take text. Choose a sample from the data."),
    )


def _too_long() -> RequestError:
    return RequestError(
        "no_text", text("The text has more than {most} characters. Shorten it.", most=LONGEST)
    )
