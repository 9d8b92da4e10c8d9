"""By changing another one."""

from __future__ import annotations

from kerasviz.insight.changes import change, ways_of
from kerasviz.insight.own import Own
from kerasviz.insight.samples.samples import Taken
from kerasviz.protocol import RequestError
from kerasviz.protocol.owned import JSON
from kerasviz.protocol.text import all_of, text


def fits(own: Own) -> bool:
    """Whether any input of a sample can be changed, which is no row of a table."""
    if own.samples is not None and own.samples.rows is not None:
        return False
    return any(ways_of(each) for each in own.inputs(own.first()))


def choose(changes: dict[str, JSON], of: Taken | None = None, *, own: Own) -> Taken:
    """Takes a sample with something else in some inputs.

    Args:
        changes: A way of `changes` with its arguments by the name of the input.
        of: The sample that is changed; None where nothing of it is left.
        own: What samples are made for.

    Raises:
        RequestError: With code `no_input`, where there is no such input; as the way says.
    """
    raw = own.first() if of is None else own.raw_of(of)
    inputs = own.inputs(raw)
    known = [each.name for each in inputs]
    unknown = next((name for name in changes if name not in known), None)
    if unknown is not None:
        raise RequestError(
            "no_input",
            text(
                "The sample has no input {name}. Its inputs are: {known}.",
                name=repr(unknown),
                known=all_of([repr(name) for name in known]),
            ),
        )
    if not changes and of is not None:
        return of
    made = {
        each.key: change(changes[each.name], each) if each.name in changes else raw[each.key]
        for each in inputs
    }
    return own.take(made, of)
