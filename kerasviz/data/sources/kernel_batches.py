"""Batches in the kernel."""

from __future__ import annotations

from typing import Any

from kerasviz.data.dataset import BatchesName, Stream
from kerasviz.data.noarray import no_batches
from kerasviz.data.streams.batchkinds import batches_kind, streamed
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import all_of, text, text_n
from kerasviz.writing.expressions import is_identifier
from kerasviz.writing.snippet import Snippet


def load(batches: BatchesName, validation: BatchesName | None = None, *, namespace: dict[str, Any]) -> Stream:
    """What gives batches among the variables of the kernel: `tf.data.Dataset`, `PyDataset`, `DataLoader`.

    Each batch is `(inputs, targets)` or `(inputs, targets, sample weights)`. Inputs and targets are an array,
    or a tuple or dict of arrays for a model with several. A Python generator works too, once.

    Args:
        batches: The batches to learn from.
        validation: Batches of the same kind that training does not see.
        namespace: The user's variables.

    Returns:
        The batches as they are.

    Raises:
        RequestError: With code `no_data`, when one is missing or gives no batches.
    """
    held_out = None if validation is None else _found("validation", validation, namespace)
    return streamed(_found("batches", batches, namespace), batches, held_out)


def code(batches: BatchesName, validation: BatchesName | None) -> Snippet:
    """The batches under their names: the script has to define them."""
    names = {"batches": batches} if validation is None else {"batches": batches, "validation": validation}
    for role, name in names.items():
        if not isinstance(name, str) or not is_identifier(name):
            raise _not_there(role, name)
    said = text_n(
        "{names} is a variable of the notebook.",
        "{names} are variables of the notebook.",
        len(names),
        names=all_of(list(names.values())),
    )
    return Snippet(gives=names, notes=(said,))


def _found(role: str, name: str, namespace: dict[str, Any]) -> Any:
    if not isinstance(name, str) or name not in namespace:
        raise _not_there(role, name)
    if batches_kind(namespace[name]) is None:
        raise no_batches(namespace[name], name)
    return namespace[name]


def _not_there(role: str, name: object) -> RequestError:
    return RequestError(
        "no_data",
        text(
            "Expected the name of a variable in the kernel as {role}. Received: {name}. Run the cell that "
            "makes it, or choose another.",
            role=role,
            name=f"{name!r:.80}",
        ),
    )
