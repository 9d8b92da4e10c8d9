"""A look at whatever a source gives, and what a careful person would ask about it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kerasviz.data.dataset import Data, GoOn, Loaded, Table
from kerasviz.data.preparation.columnroles import grouped_by, roles_of
from kerasviz.data.preparation.proposal import proposal
from kerasviz.data.preparation.seentable import see_table
from kerasviz.data.preview.arraylook import look_at_arrays
from kerasviz.data.preview.nothing import NOTHING_PROPOSED
from kerasviz.data.preview.questions import questions_about
from kerasviz.data.preview.streamlook import look_at_stream
from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.data.preview.tablelook import seen
from kerasviz.protocol import RequestError
from kerasviz.protocol.preview import Preview, Proposed
from kerasviz.protocol.text import sentence_of


@dataclass(frozen=True)
class Purpose:
    """What data is for, as a plan says it.

    Attributes:
        columns: What the columns of a table are for: `target`, `ignored`, `weight`.
        split: How samples are held out, `{"class_name", "config"}`; None where the last ones are.
        validation_split: The share of samples, the last ones, that validate where there is no split.
    """

    columns: Mapping[str, Any] = field(default_factory=dict)
    split: Mapping[str, Any] | None = None
    validation_split: float = 0.2


def look(loaded: Loaded, purpose: Purpose | None = None, go_on: GoOn = lambda share: None) -> Preview:
    """Looks at data.

    Args:
        loaded: What a source gave.
        purpose: What it is for; what is not said is proposed.
        go_on: Told from time to time how far it is, from 0 to 1; what it raises ends the look.

    Returns:
        What is in the data.

    Raises:
        RequestError: With code `no_data`, where the data can't be read.
    """
    if isinstance(loaded, Table):
        return _table(loaded, purpose or Purpose(), go_on)
    if isinstance(loaded, Data):
        held = 0.0 if purpose is not None and purpose.split else (purpose or Purpose()).validation_split
        return look_at_arrays(loaded, go_on, held)
    return look_at_stream(loaded, go_on)


def _table(table: Table, purpose: Purpose, go_on: GoOn) -> Preview:
    preview, frame = seen(table, go_on)
    known = see_table(table, preview)
    facts = TableFacts(
        frame=frame,
        known={column["name"]: column for column in preview["columns"]},
        rows=preview["rows"] or 0,
        split=purpose.split,
        validation_split=purpose.validation_split,
    )
    try:
        roles = roles_of(known.columns, known.rows, purpose.columns, grouped_by(purpose.split))
    except RequestError as error:  # the plan is about other columns
        proposed: Proposed = {**NOTHING_PROPOSED, "reasons": [sentence_of(error)]}
    else:
        proposed = proposal(known, roles)
        facts = dataclasses.replace(facts, targets=roles.targets, features=roles.features, group=roles.group)
    return {**preview, "questions": questions_about(facts), "proposed": proposed}
