"""Questions of a page about a drawing, as it stands: each is answered on the analysis thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kerasviz.protocol import JSON, RequestError

Answer = Callable[[JSON], JSON]
"""Makes the result of a request of its payload; may raise."""


def _code(payload: JSON) -> JSON:
    """Keras code for what is drawn; refused where Keras would leave a part of the drawing out."""
    from kerasviz.building import check_graph
    from kerasviz.codegen import to_code

    document = _document(payload)
    check_graph(document)
    return {"code": to_code(document)}


def _document(payload: JSON) -> JSON:
    document = payload.get("document")
    if not isinstance(document, dict):
        raise RequestError("bad_request", f"Expected a document, received: {type(document).__name__}.")
    return document


QUESTIONS: Mapping[str, Answer] = {"code": _code}
"""What answers each type of request."""
