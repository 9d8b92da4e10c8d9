"""Asks each rule about a training, and puts what they say in order."""

from __future__ import annotations

import logging

from kerasviz.config.parts import part_of
from kerasviz.insight.hints.allrules import RULES
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint

SEVERITIES = ("error", "warning", "info")
LOGGER = logging.getLogger(__name__)


def hints(situation: Situation) -> list[Hint]:
    """Says what is wrong with a training, or could be better.

    Args:
        situation: What is known of it.

    Returns:
        The gravest first; of those that are alike, what comes first on the way from the data to the curves,
        as it may be the cause of the rest. What the document silences is left out.
    """
    told = part_of(part_of(situation.document, "kerasviz"), "hints").get("silenced")
    silenced = told if isinstance(told, list) else []
    found: list[Hint] = []
    for rule in RULES:
        try:
            found += rule.look(situation)
        except Exception:  # a hint is no reason to lose a training
            LOGGER.exception(rule.__name__)
    heard = (hint for hint in found if hint["code"] not in silenced)
    return sorted(heard, key=lambda hint: SEVERITIES.index(hint["severity"]))
