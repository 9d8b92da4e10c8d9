"""By its number in new data."""

from __future__ import annotations

import dataclasses

from kerasviz.insight.own import Own
from kerasviz.insight.samples.samples import Taken
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def choose(index: int = 0, *, own: Own) -> Taken:
    """Takes a sample of the new data that was predicted last, prepared as that of the plan.

    Args:
        index: Its number, from 0.
        own: Knows the new data.

    Raises:
        RequestError: With code `no_sample`, where nothing new was predicted, or there are fewer.
    """
    if own.new is None:
        raise RequestError(
            "no_sample",
            text("The new data is no longer there. Predict it again on the Results tab."),
        )
    return dataclasses.replace(own.new.take("test", index), part=None, is_new=True)
