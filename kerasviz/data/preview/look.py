"""A look at whatever a source gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kerasviz.data.dataset import Data, GoOn, Loaded, Table
from kerasviz.data.preparation.proposal import proposal
from kerasviz.data.preview.arraylook import look_at_arrays
from kerasviz.data.preview.streamlook import look_at_stream
from kerasviz.data.preview.tablelook import look_at_table
from kerasviz.protocol.preview import Preview


def look(
    loaded: Loaded, go_on: GoOn = lambda share: None, columns: Mapping[str, Any] | None = None
) -> Preview:
    """Looks at data.

    Args:
        loaded: What a source gave.
        go_on: Told from time to time how far it is, from 0 to 1; what it raises ends the look.
        columns: What a plan says of the columns of a table: what is proposed goes with it.

    Returns:
        What is in the data.

    Raises:
        RequestError: With code `no_data`, where the data can't be read.
    """
    if isinstance(loaded, Table):
        seen = look_at_table(loaded, go_on)
        return {**seen, "proposed": proposal(seen, columns or {})}
    if isinstance(loaded, Data):
        return look_at_arrays(loaded, go_on)
    return look_at_stream(loaded, go_on)
