"""A stop is heard while a user's batches keep a run waiting, and what can be interrupted is."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np
import pytest
from conftest import BACKEND, PATIENCE, few, planned, small_network

from kerasviz.data.streams.cutshort import CutShort, RunEnds
from kerasviz.data.streams.elements import first_element
from kerasviz.execution.thread import DISK
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError
from kerasviz.training.fit import fit
from kerasviz.training.plan import read_plan
from kerasviz.training.run.run import Run

X = np.random.default_rng(0).normal(size=(10, 4)).astype("float32")
BATCH = X, np.arange(10) % 3
FIT = {"epochs": 3, "steps_per_epoch": 8, "shuffle": False}
Wait = Callable[[], None]


class Blocked:
    """What a user's code waits for; outside of Python, like a queue."""

    def __init__(self) -> None:
        self.reached, self.over, self.left = threading.Event(), threading.Event(), threading.Event()

    def wait(self) -> None:
        self.reached.set()
        self.over.wait()
        self.left.set()


@pytest.fixture
def blocked() -> Iterator[Blocked]:
    made = Blocked()
    yield made
    made.over.set()


class Seen(keras.callbacks.Callback):
    """Tells that a batch is asked for which does not come."""

    def __init__(self, *_: Any) -> None:
        super().__init__()
        self.asks, self.ended = threading.Event(), 0

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        if batch == 5:
            self.asks.set()

    def on_test_batch_begin(self, batch: int, logs: Any = None) -> None:
        if batch == 5:
            self.asks.set()

    def on_train_end(self, logs: Any = None) -> None:
        self.ended += 1


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    made = Seen()
    monkeypatch.setattr("kerasviz.training.fit.FiniteWatch", lambda *_: made)
    return made


def generator(wait: Wait, before: int = 5) -> Any:
    for _ in range(before):
        yield BATCH
    wait()
    yield BATCH


class Rows(keras.utils.PyDataset):
    def __init__(self, wait: Wait, before: int = 5, **more: Any) -> None:
        super().__init__(**more)
        self.wait, self.before = wait, before

    def __len__(self) -> int:
        return 100

    def __getitem__(self, index: int) -> Any:
        if index >= self.before:
            self.wait()
        return BATCH


def loader(wait: Wait, before: int = 5) -> Any:
    data = pytest.importorskip("torch.utils.data")
    torch = pytest.importorskip("torch")

    class Each(data.IterableDataset):
        def __iter__(self) -> Any:
            return ((torch.tensor(x), torch.tensor(y)) for x, y in generator(wait, before))

    return data.DataLoader(Each(), batch_size=None)


KINDS: dict[str, Callable[..., Any]] = {
    "generator": generator,
    "PyDataset": Rows,
    "PyDataset with threads": lambda *given: Rows(*given, workers=2),
    "DataLoader": loader,
}


def stopped(
    tmp_path: Any, blocked: Blocked, batches: Any, validation: Any = None, seen: Seen | None = None
) -> Run:
    """A run that is stopped while its batches keep it waiting."""
    names = {"batches": "rows"} if validation is None else {"batches": "rows", "validation": "held_out"}
    data = {"class_name": "batches", "config": names}
    plan = read_plan(planned(small_network(), fit=FIT, data=data), "fresh")
    run = Run(plan.model_name, plan.epochs)

    def stop() -> None:
        assert blocked.reached.wait(PATIENCE)
        if BACKEND == "tensorflow" and seen is not None:  # which takes batches long before they are needed
            assert seen.asks.wait(PATIENCE)
        run.control.stop()

    threading.Thread(target=stop).start()
    namespace = {"rows": batches, "held_out": validation}
    run.end(fit(plan, Keeper(tmp_path), run, namespace, lambda curves: None, DISK.submit))
    return run


@pytest.mark.parametrize("kind", few(KINDS, 2))
def test_a_stop_does_not_wait_for_a_batch_and_callbacks_end_as_in_any_run(kind, tmp_path, blocked, seen):
    run = stopped(tmp_path, blocked, KINDS[kind](blocked.wait), seen=seen)
    assert (run.state, seen.ended) == ("stopped", 1) and not blocked.left.is_set()
    assert run.step == 5 or (run.step < 5 and BACKEND != "tensorflow")  # others take the next one before
    assert "was still making a batch when the run was stopped" in " ".join(run.notes)


def test_a_stop_is_heard_before_the_first_batch(tmp_path, blocked):
    rows = generator(blocked.wait, 0)
    run = stopped(tmp_path, blocked, rows)
    assert (run.state, run.step) == ("stopped", 0)
    with pytest.raises(RequestError, match="rows is still making a batch"):
        first_element(rows, "rows")


def test_a_stop_is_heard_while_it_validates(tmp_path, blocked, seen):
    run = stopped(tmp_path, blocked, Rows(blocked.wait, 1000), generator(blocked.wait), seen)
    assert (run.state, run.step) == ("stopped", 8)


def test_what_python_runs_is_interrupted_and_cleans_up(blocked):
    ends, asked = threading.Event(), threading.Event()

    def job() -> None:
        try:
            asked.set()
            while True:
                ends.is_set()
        finally:
            blocked.left.set()

    threading.Thread(target=lambda: ends.set() if asked.wait(PATIENCE) else None).start()
    with CutShort(ends.is_set) as cut, pytest.raises(RunEnds):
        cut.take(job)
    assert cut.happened and blocked.left.wait(PATIENCE)


def test_a_batch_that_comes_is_waited_for_and_its_thread_is_used_again():
    with CutShort(lambda: True) as cut:
        threads = {cut.take(threading.get_ident) for _ in range(9)}
        with pytest.raises(ZeroDivisionError):
            cut.take(lambda: 1 // 0)
    assert len(threads) == 1 and threading.get_ident() not in threads and not cut.happened


def test_the_end_of_a_run_waits_for_nothing_and_interrupts_nothing(blocked):
    cut = CutShort(lambda: False)

    def close() -> None:
        assert blocked.reached.wait(PATIENCE)
        cut.close()

    threading.Thread(target=close).start()
    with pytest.raises(RunEnds):
        cut.take(blocked.wait)
    blocked.over.set()
    assert blocked.left.wait(PATIENCE) and not cut.happened


def test_another_mistake_is_no_stop():
    with pytest.raises(ValueError, match="else"), CutShort(lambda: True):
        raise ValueError("something else")
