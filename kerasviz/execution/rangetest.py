"""A learning-rate range test: a copy of a model trains on a few batches with a rate that grows.

L. N. Smith, "Cyclical Learning Rates for Training Neural Networks", 2017 (arXiv:1506.01186), 3.3; with the
exponential steps and the end by divergence of fastai's `lr_find`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kerasviz.execution import place_of
from kerasviz.execution.documentworker import DocumentWorker
from kerasviz.execution.here import planned, with_data
from kerasviz.protocol import JSON, Curves, RateTest, RequestError, finite
from kerasviz.protocol.text import text
from kerasviz.training.plan import Plan
from kerasviz.training.ratetest.ratepoints import (
    BATCHES,
    HIGHEST_RATE,
    LOWEST_RATE,
    MOST_BATCHES,
    RatePoints,
    rate_of,
)
from kerasviz.training.ratetest.testplan import plan_of_test
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    from kerasviz.models.keeper import Keeper
    from kerasviz.training.ratetest.growingrate import GrowingRate


class RangeTest:
    """One test: begun once, then followed and stopped. The model that it is about stays as it is.

    Args:
        plan: What a run would do.
        keeper: Of the model; asked once, on the thread that makes the test, which has to be its own.
        namespace: The variables that the plan may name.
        tell: Called when there is more to tell, on the thread that trains.
        lowest: The first rate.
        highest: The last rate.
        batches: How many batches there are at most.

    Attributes:
        run: The training that it is; it is not kept.
        done: Set when it has ended.

    Raises:
        RequestError: Where the model can't be made, or the numbers allow no test.
    """

    def __init__(
        self,
        plan: Plan,
        keeper: Keeper,
        namespace: dict[str, Any],
        tell: Callable[[], None] = lambda: None,
        *,
        lowest: float = LOWEST_RATE,
        highest: float = HIGHEST_RATE,
        batches: int = BATCHES,
    ) -> None:
        if not (0 < lowest < highest < float("inf") and 2 <= batches <= MOST_BATCHES):
            raise RequestError(
                "plan",
                text(
                    "A range test needs a lowest rate above 0 and below the highest one, and 2 to {most} "
                    "batches.",
                    most=MOST_BATCHES,
                ),
            )
        self._plan = plan_of_test(plan, batches, lowest)
        self._rates = [rate_of(batch, lowest, highest, batches) for batch in range(batches)]
        self._tell = tell
        self._probe: GrowingRate | None = None
        self._worker = DocumentWorker(keeper.folder, aside=namespace)
        self._worker.keep(keeper.copied(self._plan.document, self._plan.seed))
        self.run = Run(plan.model_name, self._plan.epochs)
        self.done = threading.Event()

    def start(self) -> None:
        """Begins, and returns at once."""
        place_of(self._plan.place).start(self._plan, self.run, self._worker, self._publish, self._measure)

    @property
    def points(self) -> RatePoints:
        """What it has measured so far."""
        return RatePoints([], []) if self._probe is None else self._probe.points

    def to_json(self) -> RateTest:
        """Where it stands, for pages."""
        points, run = self.points, self.run
        is_done = run.state in ("finished", "stopped")
        return RateTest(
            state=run.state,
            batches=len(self._rates),
            rates=[*points.rates],
            losses=[finite(loss) for loss in points.losses],
            smoothed=points.smoothed,
            proposed=points.proposed if is_done else None,
            reason=points.reason if is_done else "",
            error=run.error,
        )

    def _measure(self) -> GrowingRate:
        from kerasviz.training.ratetest.growingrate import GrowingRate  # late: Keras is imported with it

        self._probe = GrowingRate(self._rates)
        return self._probe

    def _publish(self, curves: Curves | None) -> None:
        self._tell()
        if self.run.ended:
            self.done.set()


def find_learning_rate(
    document: str | os.PathLike[str] | JSON | Any,
    data: Any = None,
    *,
    lowest: float = LOWEST_RATE,
    highest: float = HIGHEST_RATE,
    batches: int = BATCHES,
    **fit: Any,
) -> RatePoints:
    """Tries learning rates on a copy of a model, as the editor's range test does.

    The rate grows from batch to batch by the same factor, until the loss diverges or all batches are done.
    The document, the model that is given, and its optimizer stay as they are; a schedule is left aside.

    Args:
        document: What is trained, as `kerasviz.run` takes it.
        data: `(x, y)` or `(x, y, sample_weight)`, in place of the data that the document names.
        lowest: The first rate.
        highest: The last rate.
        batches: How many batches there are at most.
        **fit: Arguments of `keras.Model.fit` in place of those in the document, e.g. `batch_size=64`.

    Returns:
        `rates` and `losses` of the batches, the `smoothed` losses, the `lowest` rate, at which those were
        lowest, and the `proposed` one, a tenth of it; both are None where the loss did not fall.

    Raises:
        RequestError: With a sentence, where the plan or the data can't be trained.
        ModelFileError: If the document holds no model.

    Example:
    ```python
    found = kerasviz.find_learning_rate("digits.keras.json")
    found.proposed
    ```
    """
    namespace: dict[str, Any] = {}
    plan, keeper = planned(with_data(document, data, None, namespace, fit), "trained")
    test = RangeTest(plan, keeper, namespace, lowest=lowest, highest=highest, batches=batches)
    test.start()
    try:
        test.done.wait()
    except KeyboardInterrupt:
        test.run.control.stop()
        test.done.wait()
    if test.run.error is not None:
        error = test.run.error
        raise RequestError(error["code"], error["message"], layer=error["layer"], detail=error["detail"])
    return test.points
