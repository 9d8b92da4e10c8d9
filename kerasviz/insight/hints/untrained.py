"""What rules know of a document before it is trained."""

from __future__ import annotations

import logging

from kerasviz.analysis.advice import advised
from kerasviz.backend.isolation import aside
from kerasviz.config.build import build_shapes
from kerasviz.config.parts import part_of
from kerasviz.insight.hints.modelfacts import facts_of
from kerasviz.insight.hints.readsamples import fitted_to, refusal
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.models.building import check_graph, compile_model
from kerasviz.protocol import JSON, KerasError, RequestError
from kerasviz.training.seensamples import Seen

LOGGER = logging.getLogger(__name__)


def untrained(document: JSON, seen: Seen | KerasError | None) -> Situation:
    """Looks at a drawing and its plan. No weights are made, and nothing is read.

    Args:
        document: Keras JSON with its plan.
        seen: Samples that were read before, or why they can't be; None where nobody tried.

    Returns:
        What is known: of a drawing that is no model yet, only the plan.
    """
    try:
        check_graph(document)
        return aside(lambda: _of_model(document, seen))
    except Exception:  # the analysis says what is wrong with it
        LOGGER.debug("This is no model yet", exc_info=True)
        return Situation(document, ended=False)


def _of_model(document: JSON, seen: Seen | KerasError | None) -> Situation:
    model = build_shapes(document, custom=True)
    facts = facts_of(model, has_weights=False)
    if isinstance(seen, dict):
        return Situation(document, ended=False, model=facts, refused=advised(document, seen))
    compiled = part_of(document, "compile_config")
    if seen is not None and compiled:
        compile_model(model, {name: compiled.get(name) for name in ("loss", "metrics")})
        try:
            seen = fitted_to(seen, model, document)
        except RequestError:  # of a part of the samples; what a run would say is about all of them
            refused = refusal(seen, model, document)
            return Situation(document, ended=False, model=facts, refused=refused)
    return Situation(document, seen, ended=False, model=facts)
