"""Values in the payload of a request, checked."""

from __future__ import annotations

import json

from kerasviz.config.layerlist import check_layers
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.parsing import parse_json
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text


def document_in(payload: JSON) -> JSON:
    """The document that a request is about.

    Raises:
        RequestError: With code `bad_request`, when there is none, or its layers are no list.
    """
    document = object_of(string_in(payload, "document"))
    try:
        check_layers(document)
    except ModelFileError as error:
        raise RequestError("bad_request", error.sentence) from None
    return document


def object_of(written: str) -> JSON:
    """Reads a JSON object: a document or a layer. It takes time, so it is not for the message thread.

    Raises:
        RequestError: With code `bad_request`, when it is no object, or larger than a document may be.
    """
    try:
        value = parse_json(written.encode("utf-8", "surrogatepass"))
    except ModelFileError as error:
        raise RequestError(
            "bad_request", text("The model can't be read: {reason}", reason=error.reason)
        ) from None
    if not isinstance(value, dict):
        raise RequestError(
            "bad_request", text("Expected a JSON object, received: {value}.", value=f"{value!r:.80}")
        )
    return value


def document_text(document: JSON) -> str:
    """The text of a document for a page."""
    return json.dumps(document)


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


def count_in(payload: JSON, key: str) -> int:
    """A whole number of the payload that is not negative.

    Raises:
        RequestError: With code `bad_request`, when it is none.
    """
    value = payload.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise RequestError(
            "bad_request",
            text("Expected a whole number as {key}, received: {value}.", key=key, value=f"{value!r:.80}"),
        )
    return value


def strings_in(payload: JSON, key: str) -> list[str]:
    """A list of strings of the payload.

    Raises:
        RequestError: With code `bad_request`, when it is none.
    """
    value = payload.get(key)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RequestError(
            "bad_request",
            text("Expected a list of strings as {key}, received: {value}.", key=key, value=f"{value!r:.80}"),
        )
    return value
