"""Asks rules about a training, and puts what they say in order."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from kerasviz.config.parts import part_of
from kerasviz.insight.hints.allrules import CURVES, RULES, SAMPLES, Rule
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint
from kerasviz.protocol.text import Text, text

SEVERITIES = ("error", "warning", "info")
LOGGER = logging.getLogger(__name__)


def hints(situation: Situation) -> list[Hint]:
    """Says what is wrong with a training, or could be better.

    Args:
        situation: What is known of it.

    Returns:
        In order; what the document silences is left out.
    """
    told = part_of(part_of(situation.document, "kerasviz"), "hints").get("silenced")
    silenced = told if isinstance(told, list) else []
    return in_order([hint for hint in ask(RULES, situation) if hint["code"] not in silenced])


def ask(rules: Sequence[Rule], situation: Situation) -> list[Hint]:
    """Asks some of the rules.

    Args:
        rules: In the order in which they are told.
        situation: What is known.
    """
    found: list[Hint] = []
    for rule in rules:
        try:
            said = list(rule.look(situation))
        except Exception:  # a hint is no reason to lose a training
            LOGGER.exception(rule.__name__)
            continue
        if rule in SAMPLES and situation.looked is not None:
            said = [{**hint, "sentence": _of_some(hint["sentence"], situation.looked)} for hint in said]
        found += [{**hint, "of": "run"} for hint in said] if rule in CURVES else said
    return found


def _of_some(sentence: str, looked: int) -> Text:
    """Says of which samples something is said."""
    return text(
        "In the {count} samples that were checked: {sentence}", count=f"{looked:,}", sentence=sentence
    )


def in_order(found: Sequence[Hint]) -> list[Hint]:
    """Puts the gravest first.

    Of those that are alike, what comes first on the way from the data to the curves may be the cause of the
    rest, and stays first.
    """
    return sorted(found, key=lambda hint: SEVERITIES.index(hint["severity"]))
