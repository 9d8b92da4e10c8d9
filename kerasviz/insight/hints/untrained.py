"""What rules know of a document before it is trained."""

from __future__ import annotations

import logging
from dataclasses import replace

from kerasviz.analysis.advice import advised
from kerasviz.backend.isolation import aside
from kerasviz.config.build import build_shapes
from kerasviz.config.layerlist import layer_name
from kerasviz.config.parts import part_of
from kerasviz.data.preparation.keraslayer import has_learned
from kerasviz.insight.hints.modelfacts import ModelFacts, facts_of
from kerasviz.insight.hints.readsamples import fitted_to, refusal
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.models.building import check_graph, compile_model
from kerasviz.protocol import JSON, KerasError, RequestError
from kerasviz.training.seensamples import Seen

LOGGER = logging.getLogger(__name__)


def untrained(document: JSON, seen: Seen | KerasError | None, is_new: bool = False) -> Situation:
    """Looks at a drawing and its plan. No weights are made, and nothing is read.

    Args:
        document: Keras JSON with its plan.
        seen: Samples that were read before, or why they can't be; None where nobody tried.
        is_new: Whether it is certain that training would begin with new weights.

    Returns:
        What is known: of a drawing that is no model yet, only the plan.
    """
    try:
        check_graph(document)
        return aside(lambda: _of_model(document, seen, is_new))
    except Exception:  # the analysis says what is wrong with it
        LOGGER.debug("This is no model yet", exc_info=True)
        return Situation(document, ended=False)


def _with_normalizations(facts: ModelFacts, document: JSON, is_new: bool) -> ModelFacts:
    """The same with each Normalization, built as another layer to have no values (`build_shapes`)."""
    drawn = {layer_name(layer): layer for layer in part_of(document, "config").get("layers", [])}
    layers = []
    for layer in facts.layers:
        found = drawn.get(layer.name, {})
        if found.get("class_name") == "Normalization":
            config = part_of(found, "config")
            learns = not has_learned(config)
            layer = replace(
                layer,
                class_name="Normalization",
                config=config,
                weights=layer.weights if learns else 0,
                trained=0,
                is_adapted=False if learns and is_new else None,
            )
        layers.append(layer)
    return replace(facts, layers=tuple(layers))


def _of_model(document: JSON, seen: Seen | KerasError | None, is_new: bool) -> Situation:
    model = build_shapes(document, custom=True)
    facts = _with_normalizations(facts_of(model, has_weights=False), document, is_new)
    situation = Situation(document, ended=False, model=facts)
    if isinstance(seen, dict):
        return replace(situation, refused=advised(document, seen))
    compiled = part_of(document, "compile_config")
    if seen is not None and compiled:
        compile_model(model, {name: compiled.get(name) for name in ("loss", "metrics")})
        try:
            seen = fitted_to(seen, model, document)
        except RequestError:  # of a part of the samples; what a run would say is about all of them
            return replace(situation, refused=refusal(seen, model, document))
    return replace(situation, seen=seen)
