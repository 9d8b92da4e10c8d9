"""Questions about a drawing as it stands, whose answers take up to seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasviz.config.training import training_of
from kerasviz.kernel.payload import document_in, object_of, string_in
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol import FitLimits, LearningRates


def cost(session: Session, payload: JSON, client: Client) -> JSON:
    """What training takes, in multiply-adds and bytes, and the memory that there is."""
    from dataclasses import asdict

    from kerasviz.analysis import analyze
    from kerasviz.backend.devices import devices
    from kerasviz.backend.memory import capacity

    batch_size = payload.get("batch_size")
    if type(batch_size) is not int or batch_size < 1:
        raise RequestError(
            "bad_request",
            text("Expected a positive batch size, received: {value}.", value=f"{batch_size!r:.40}"),
        )
    analysis = analyze(document_in(payload), batch_size)
    return {
        "layers": {
            name: {"macs": node.macs, "receptive_field": node.receptive_field}
            for name, node in analysis.nodes.items()
        },
        "macs": analysis.total_macs,
        "memory": {**asdict(analysis.memory), "total": analysis.memory.total},
        "capacity": capacity(devices()[0]["name"].startswith("gpu")),
    }


def diagram(session: Session, payload: JSON, client: Client) -> JSON:
    """The diagram that Keras draws, as the text of an SVG file."""
    from kerasviz.backend.isolation import isolated
    from kerasviz.models.diagram import diagram

    document = document_in(payload)
    return {"svg": isolated(lambda: diagram(document))}


def schedule(session: Session, payload: JSON, client: Client) -> LearningRates:
    """The learning rates of the drawing's schedule, step by step."""
    from kerasviz.models.schedulecurve import schedule_curve

    return schedule_curve(document_in(payload))


def fit_limits(session: Session, payload: JSON, client: Client) -> FitLimits:
    """What the data that is chosen does not allow of `fit`, and what `fit` needs for it."""
    from kerasviz.training.fitlimits import fit_limits

    return fit_limits(training_of(object_of(string_in(payload, "document"))), session.worker.folder)


def summary(session: Session, payload: JSON, client: Client) -> JSON:
    """Keras' summary of a subclassed model that is a layer: of the trained one, where there is one."""
    from kerasviz.models.subclassed import summary

    document = document_in(payload)
    return summary({**payload, "document": document}, session.worker.kept(document))
