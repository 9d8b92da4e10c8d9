"""Questions of a page about a drawing, as it stands: each is answered on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kerasviz.protocol import JSON, RequestError

Answer = Callable[[JSON], JSON]
"""Makes the result of a request of its payload; may raise."""


def _code(payload: JSON) -> JSON:
    """Keras code for what is drawn; refused where Keras would leave a part of the drawing out."""
    from kerasviz.codegen import to_code
    from kerasviz.models.building import check_graph

    document = _document(payload)
    check_graph(document)
    return {"code": to_code(document)}


def _cost(payload: JSON) -> JSON:
    """What training takes, in multiply-adds and bytes, and the memory that there is."""
    from dataclasses import asdict

    from kerasviz.analysis import analyze
    from kerasviz.backend.devices import devices
    from kerasviz.backend.memory import capacity

    batch_size = payload.get("batch_size")
    if type(batch_size) is not int or batch_size < 1:
        raise RequestError("bad_request", f"Expected a positive batch size, received: {batch_size!r:.40}.")
    analysis = analyze(_document(payload), batch_size)
    return {
        "layers": {
            name: {"macs": node.macs, "receptive_field": node.receptive_field}
            for name, node in analysis.nodes.items()
        },
        "macs": analysis.total_macs,
        "memory": {**asdict(analysis.memory), "total": analysis.memory.total},
        "capacity": capacity(devices()[0]["name"].startswith("gpu")),
    }


def _diagram(payload: JSON) -> JSON:
    """The diagram that Keras draws, as the text of an SVG file."""
    from kerasviz.analysis.isolation import isolated
    from kerasviz.models.diagram import diagram

    document = _document(payload)
    return {"svg": isolated(lambda: diagram(document))}


def _document(payload: JSON) -> JSON:
    document = payload.get("document")
    if not isinstance(document, dict):
        raise RequestError("bad_request", f"Expected a document, received: {type(document).__name__}.")
    return document


QUESTIONS: Mapping[str, Answer] = {"code": _code, "cost": _cost, "diagram": _diagram}
"""What answers each type of request."""
