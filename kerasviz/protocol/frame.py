"""The frame of messages.

A request gets one answer, or a refusal, with its id. Events come unasked; `seq` counts by one in each
session, so a gap shows.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from kerasviz.protocol.errors import KerasError, RequestError
from kerasviz.protocol.owned import JSON
from kerasviz.protocol.text import text

PROTOCOL_VERSION = 1


class RequestMessage(TypedDict):
    """A request, as the page sends it."""

    id: str
    type: str
    payload: JSON
    version: int


class AnswerMessage(TypedDict):
    """The answer to a request."""

    id: str
    ok: Literal[True]
    payload: JSON


class RefusalMessage(TypedDict):
    """Why a request was not answered."""

    id: str
    ok: Literal[False]
    error: KerasError


class EventMessage(TypedDict):
    """Something that happened."""

    event: str
    seq: int
    payload: JSON


def parse_request(message: object) -> RequestMessage:
    """Checks the frame of a request; the handlers check the payload.

    Args:
        message: What a page sent.

    Returns:
        The same message.

    Raises:
        RequestError: It is not a request of this protocol.
    """
    if not isinstance(message, dict):
        received = type(message).__name__
        raise RequestError("bad_request", text("Expected a request, received: {kind}.", kind=received))
    if message.get("version") != PROTOCOL_VERSION:
        raise RequestError(
            "version",
            text(
                "The page speaks version {theirs} of kerasviz' protocol, the kernel version {ours}. "
                "Install the same kerasviz in both and reload the page.",
                theirs=f"{message.get('version')!r:.40}",
                ours=PROTOCOL_VERSION,
            ),
        )
    for key, kind in (("id", str), ("type", str), ("payload", dict)):
        value = message.get(key)
        if not isinstance(value, kind):
            raise RequestError(
                "bad_request",
                text(
                    "Expected {kind} in {key}, received: {value}.",
                    kind=kind.__name__,
                    key=repr(key),
                    value=f"{value!r:.80}",
                ),
            )
    return RequestMessage(
        id=message["id"], type=message["type"], payload=message["payload"], version=PROTOCOL_VERSION
    )
