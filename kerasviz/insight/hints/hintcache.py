"""Hints of one document while it is drawn and trained: only what may have changed is asked again."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Hashable, Sequence
from weakref import ref

from kerasviz.analysis.mistakes.edits import apply_fix
from kerasviz.config.training import training_of
from kerasviz.insight.hints.allrules import CURVES, DRAWING
from kerasviz.insight.hints.judgement import ask, in_order
from kerasviz.insight.hints.modelfacts import ModelFacts
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.insight.hints.untrained import untrained
from kerasviz.protocol import JSON, KerasError
from kerasviz.protocol.hints import Hint, Hints
from kerasviz.training.seensamples import Seen

OF_SAMPLES = ("x", "y", "x_validation", "y_validation", "guess", "guess_validation", "classes")
"""What a situation has found out and stays the same from epoch to epoch."""


class HintCache:
    """Asks the rules, on one thread, and keeps what they answered."""

    def __init__(self) -> None:
        self._drawn: tuple[Hashable, Situation] | None = None
        self._of_drawing: tuple[Hashable, list[Hint]] = None, []
        self._of_run: tuple[Hashable, list[Hint]] = None, []
        self._run: tuple[Hashable, Situation] | None = None
        self._joined: tuple[Hashable, Situation] | None = None
        self._seen: tuple[Hashable, list[Callable[[], object]], Seen | KerasError | None] = None, [], None

    def seen(
        self, of: Hashable, parts: Sequence[object], make: Callable[[], Seen | KerasError | None]
    ) -> Seen | KerasError | None:
        """Samples, which are taken again only where they are others.

        Args:
            of: What a document says of them.
            parts: What they are taken from, which is not kept alive by this.
            make: Takes them.
        """
        known, alive, seen = self._seen
        if (
            known != of
            or len(alive) != len(parts)
            or any(a() is not b for a, b in zip(alive, parts, strict=True))
        ):
            seen = make()
            self._seen = of, [ref(part) for part in parts], seen
        return seen

    def hints(
        self,
        document: JSON,
        seen: Seen | KerasError | None,
        run: tuple[str, Situation] | None,
        model: Callable[[], ModelFacts | None],
        is_new: bool = False,
    ) -> Hints:
        """Says what there is to say.

        Args:
            document: Keras JSON with its plan, as it stands.
            seen: Samples of its data that were read, or why they can't be; None where nobody tried.
            run: The last run by its id, without its model; None where there is none.
            model: Looks at the model of a run that has ended.
            is_new: Whether it is certain that training would begin with new weights.
        """
        plan = _plan(document)
        changed = run is not None and _plan(run[1].document) != plan
        now = self._now(document, plan, seen, is_new)
        of_run: list[Hint] = []
        place: Hashable = None
        if run is not None:
            situation = self._situation(*run, now if not changed else None, model)
            place = (run[0], situation.ended, situation.steps)
            if place != self._of_run[0]:
                self._of_run = place, ask(CURVES, situation)
            of_run = self._of_run[1]
            if situation.ended and not changed:
                now = self._ended(situation, now)
        about = (plan, id(now))
        if about != self._of_drawing[0]:
            self._of_drawing = about, ask(DRAWING, now)
        return Hints(
            hints=in_order([*self._of_drawing[1], *of_run]),
            run=None if run is None else run[0],
            changed=changed,
            looked=now.seen is not None or now.refused is not None,
            done=[hint["code"] for hint in of_run if changed and _has(document, plan, hint)],
        )

    def _ended(self, situation: Situation, now: Situation) -> Situation:
        """What is known after a run: its curves can take back what samples let one fear.

        A run of an earlier kernel has no samples: those that are read now are looked at with its curves.
        """
        if situation.seen is not None or now.seen is None:
            return situation if now.refused is None else now
        about = id(situation), id(now)
        if self._joined is None or self._joined[0] != about:
            self._joined = about, dataclasses.replace(situation, seen=now.seen)
        return self._joined[1]

    def _now(self, document: JSON, plan: str, seen: Seen | KerasError | None, is_new: bool) -> Situation:
        """What is known before it trains; the same object as long as nothing changes."""
        about = plan, id(seen), is_new
        if self._drawn is None or self._drawn[0] != about:
            self._drawn = about, untrained(document, seen, is_new)
        return self._drawn[1]

    def _situation(
        self, run: str, later: Situation, now: Situation | None, model: Callable[[], ModelFacts | None]
    ) -> Situation:
        """What is known of a run: of its model from the drawing, until it has ended."""
        if self._run is not None and self._run[0] == run:
            before = self._run[1]
            if before.ended:
                return before
            later = dataclasses.replace(later, model=before.model)
            if before.seen is later.seen:
                known = {name: before.__dict__[name] for name in OF_SAMPLES if name in before.__dict__}
                later.__dict__.update(known)
        elif not later.ended:
            later = dataclasses.replace(later, model=(now or untrained(later.document, None)).model)
        if later.ended:
            drawn = model() or untrained(later.document, None).model
            later = dataclasses.replace(later, model=drawn)
        self._run = run, later
        return later


def _plan(document: JSON) -> str:
    """What is drawn and planned, as text."""
    parts = [document.get(name) for name in ("class_name", "config", "compile_config")]
    return json.dumps([*parts, training_of(document)], sort_keys=True, default=repr)


def _has(document: JSON, plan: str, hint: Hint) -> bool:
    """Whether a document has what the fix of a hint changes."""
    fix = hint["fix"]
    try:
        return fix is not None and _plan(apply_fix(document, fix)) == plan
    except ValueError:  # it was changed since
        return False
