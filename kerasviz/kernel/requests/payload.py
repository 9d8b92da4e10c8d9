"""Values in the payload of a request, checked."""

from __future__ import annotations

from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text


def document_in(payload: JSON) -> JSON:
    """The document that a request is about.

    Raises:
        RequestError: With code `bad_request`, when there is none.
    """
    document = payload.get("document")
    if not isinstance(document, dict):
        raise RequestError(
            "bad_request", text("Expected a document, received: {kind}.", kind=type(document).__name__)
        )
    return document


def string_in(payload: JSON, key: str) -> str:
    """A string of the payload.

    Raises:
        RequestError: With code `bad_request`, when it is none.
    """
    value = payload.get(key)
    if not isinstance(value, str):
        raise RequestError(
            "bad_request",
            text("Expected a string as {key}, received: {value}.", key=key, value=f"{value!r:.80}"),
        )
    return value
