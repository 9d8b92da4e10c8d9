"""What a range test does, made of what a run would do."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Mapping
from typing import Any

from kerasviz.config.oldarguments import todays_setup
from kerasviz.config.parts import part_of
from kerasviz.training.plan import Plan


def plan_of_test(plan: Plan, batches: int, rate: float) -> Plan:
    """A plan that trains on the same samples in the same way, for some batches, with a rate that can be set.

    Args:
        plan: What a run would do.
        batches: How many are needed; epochs are repeated until then, and none is validated.
        rate: In the place of a schedule.
    """
    fit = {
        **{name: value for name, value in plan.fit.items() if name != "initial_epoch"},
        "epochs": batches,
        "validation_freq": batches + 1,
    }
    document = {**plan.document, "compile_config": _settable(part_of(plan.document, "compile_config"), rate)}
    return dataclasses.replace(plan, document=document, fit=fit, callbacks=[])


def _settable(compiled: Mapping[str, Any], rate: float) -> dict[str, Any]:
    """The training setup with a rate that is a number, batch by batch."""
    setup = todays_setup(copy.deepcopy({**compiled}))
    optimizer = setup.get("optimizer")
    while isinstance(optimizer, dict) and isinstance(optimizer.get("config"), dict):
        config: Any = optimizer["config"]
        if isinstance(config.get("learning_rate"), dict):
            config["learning_rate"] = rate
        optimizer = config.get("inner_optimizer")
    return {**setup, **({"steps_per_execution": 1} if "steps_per_execution" in setup else {})}
