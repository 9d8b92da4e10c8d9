"""What was already trained of a sweep, which goes on after it was ended, or its kernel died."""

from __future__ import annotations

import json
from typing import Any

from kerasviz.config.parts import part_of
from kerasviz.config.training import training_of
from kerasviz.protocol import JSON, encode
from kerasviz.training.plan import Plan
from kerasviz.training.run.folder import LABEL, PLAN, STATE, RunFolder
from kerasviz.training.run.keptrun import kept_run
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.run import Run

OF_ALL = frozenset({"no_data", "plan", "preparation", "package", "import"})
"""Codes of errors that may be about the plan, whatever values are tried: where two trials have the same."""

_MAY_BE_GONE = OF_ALL | {"refused", "file", "memory"}
"""Codes of errors that may be gone another time: data or a class that a restarted kernel did not have."""


class Trained:
    """The trials of the last sweep of a document that came to their end, by what they trained.

    A strategy asks for the same trials when it begins again, so nothing else has to be kept of it. The trial
    that was cut off as the sweep ended is not among them, nor is one that failed by what was repaired since.

    Args:
        kept: The runs of the document.

    Attributes:
        group: What the runs of that sweep have in common; None where there was no sweep.
    """

    def __init__(self, kept: KeptRuns) -> None:
        labelled = [(folder, folder.read(LABEL).get("group")) for folder in reversed(kept.all())]
        self.group = next((group for _, group in reversed(labelled) if isinstance(group, str)), None)
        trials = [folder for folder, group in labelled if self.group is not None and group == self.group]
        cut = [folder for folder in trials[-1:] if folder.state == "stopped"]
        ended = [folder for folder in trials if _is_trained(folder) and folder not in cut]
        self._ended: list[tuple[str, RunFolder]] = [(_key(folder.read(PLAN)), folder) for folder in ended]

    def take(self, plan: Plan) -> Run | None:
        """The run that a trial was; None where it is still to be trained."""
        key = _key(json.loads(json.dumps(encode(plan.to_json()))))
        found = next((one for one in self._ended if one[0] == key), None)
        if found is None:
            return None
        self._ended.remove(found)
        return kept_run(found[1])


def _is_trained(folder: RunFolder) -> bool:
    """Whether to train it once more would only repeat what is known."""
    return folder.state != "lost" and folder.ended and _code(folder) not in _MAY_BE_GONE


def _code(folder: RunFolder) -> Any:
    return part_of(folder.read(STATE), "error").get("code")


def _key(plan: JSON) -> str:
    """What a trial trains. How many trials there are may be another number: more may be asked for."""
    document: Any = part_of(plan, "document")
    training = {name: value for name, value in training_of(document).items() if name != "sweep"}
    return json.dumps({**document, "kerasviz": training}, sort_keys=True)
