"""Random numbers as samples: they have the shapes that a drawing takes and gives."""

from __future__ import annotations

import json
import logging

from kerasviz.backend.isolation import aside
from kerasviz.config.build import build_shapes
from kerasviz.config.parts import part_of
from kerasviz.config.training import training_of
from kerasviz.data.dataset import Data
from kerasviz.data.randomdata import RandomData
from kerasviz.protocol import JSON

LOGGER = logging.getLogger(__name__)


def suited(numbers: RandomData, document: JSON) -> Data:
    """The numbers for a drawing, of which only shapes are built; as they are while it is no model yet.

    Args:
        numbers: What the source gave.
        document: Keras JSON with its plan.
    """
    architecture = {key: value for key, value in document.items() if key != "kerasviz"}
    try:
        model = aside(lambda: build_shapes(architecture, custom=True))
        return numbers.suited_to(model, part_of(document, "compile_config").get("loss"))
    except Exception:  # the analysis says what is wrong with it
        LOGGER.debug("This is no model yet", exc_info=True)
        return numbers


def about_drawing(document: JSON) -> str:
    """What random numbers depend on of a drawing, as text; other data depends on nothing of it."""
    if part_of(training_of(document), "data").get("class_name") != "random_numbers":
        return ""
    return json.dumps([document.get("config"), part_of(document, "compile_config").get("loss")])
