"""Random numbers as samples: they have the shapes that a drawing takes and gives."""

from __future__ import annotations

import json
import logging

from kerasviz.backend.isolation import aside
from kerasviz.config.build import build_shapes
from kerasviz.config.parts import found_in, part_of
from kerasviz.config.training import training_of
from kerasviz.data.dataset import Data
from kerasviz.data.randomdata import RandomData
from kerasviz.data.sources import SOURCES
from kerasviz.protocol import JSON

LOGGER = logging.getLogger(__name__)


def suited(numbers: RandomData, document: JSON) -> Data:
    """The numbers for a drawing, of which only shapes are built; as they are while it is no model yet.

    Args:
        numbers: What the source gave.
        document: Keras JSON with its plan.
    """
    try:
        model = aside(lambda: build_shapes(document, custom=True))
        return numbers.suited_to(model, part_of(document, "compile_config").get("loss"))
    except Exception:  # the analysis says what is wrong with it
        LOGGER.debug("This is no model yet", exc_info=True)
        return numbers


def about_drawing(document: JSON) -> str:
    """What data depends on of a drawing, as text; nothing, unless its source says so."""
    source, _ = found_in(SOURCES, part_of(training_of(document), "data"))
    if not getattr(source, "OF_MODEL", False):
        return ""
    return json.dumps([document.get("config"), part_of(document, "compile_config").get("loss")])
