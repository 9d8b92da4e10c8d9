"""Where plans are executed: several documents at once, runs that wait, and code that ends threads."""

import fcntl
import math
import os
import stat
import subprocess
import sys
import threading
from itertools import product
from typing import Any

import keras
import pytest
from conftest import PATIENCE, few, layer, planned
from said import said
from sessionpage import SessionPage

from kerasviz import storage
from kerasviz.analysis import advice
from kerasviz.execution import place_of, worker
from kerasviz.execution.documentworker import DocumentWorker
from kerasviz.execution.thread import Thread
from kerasviz.execution.worker import Worker
from kerasviz.kernel.session import Session
from kerasviz.models.building import build_model
from kerasviz.protocol import RequestError
from kerasviz.training.plan import read_plan
from kerasviz.training.run import tickets, turn
from kerasviz.training.run.run import Run
from kerasviz.training.run.tickets import DIGITS, draw, queue_of
from kerasviz.training.run.turn import turn_of

FOREVER = {"epochs": 100_000}
ALONE = {"class_name": "thread", "config": {"exclusive": True}}


class Open(SessionPage):
    """A page of a document that trains."""

    def __init__(self, folder: Any, name: str) -> None:
        super().__init__(Session(folder, name))
        self.session.attach(self.client)
        self.run = ""

    def train(self, document: dict[str, Any]) -> None:
        self.run = self.ask("train", document=document, start="fresh")["payload"]["run"]

    def until(self, *states: str, step: int = 0) -> dict[str, Any]:
        """Reads until the run is in one of these states, and has done so many batches."""
        while True:
            status = self.status()
            if status["run"] == self.run and status["state"] in states and status["step"] >= step:
                return status

    def control(self, action: str, **values: Any) -> dict[str, Any]:
        return self.ask("control", run=self.run, action=action, **values)


@pytest.fixture
def documents(tmp_path):
    """Opens documents; what still trains after the test is stopped."""
    opened = []

    def open_document(name: str) -> Open:
        opened.append(Open(tmp_path, f"{name}.keras.json"))
        return opened[-1]

    yield open_document
    for page in opened:
        run = page.session.run
        if run is not None and not run.ended:
            run.control.stop()
            page.session.worker.call(lambda: None)
            page.until("stopped", "failed", "finished")


def test_a_document_trains_saves_opens_and_loads_while_another_one_trains(documents, digits, tmp_path):
    first, second = documents("first"), documents("second")
    first.train(planned(digits, fit=FOREVER, place={"class_name": "thread", "config": {"exclusive": False}}))
    first.until("training", step=1)

    second.train(planned(digits, place={"class_name": "thread", "config": {"exclusive": False}}))
    assert second.until("finished", "failed")["state"] == "finished"
    assert second.ask("save", document=digits, path="second.keras")["payload"]["path"] == "second.keras"
    assert second.ask("load_weights", document=digits, file="second.keras")["ok"]
    assert keras.models.load_model(tmp_path / "second.keras").count_params() == 32 * 65 + 10 * 33

    still = first.session.run
    assert still is not None and not still.ended
    assert first.control("stop")["ok"]
    assert first.until("stopped")["step"] > 0


def test_a_run_that_needs_the_device_alone_waits_and_says_so(documents, digits, tmp_path):
    first, second, third = documents("first"), documents("second"), documents("third")
    storage.save(build_model(digits), tmp_path / "weights.keras")
    first.train(planned(digits, fit=FOREVER, place=ALONE))
    first.until("training", step=1)
    second.train(planned(digits, place=ALONE))
    second.until("waiting")
    third.train(planned(digits, place=ALONE))
    third.until("waiting")

    # Its model can be saved meanwhile, and the wait can be ended.
    assert second.ask("save", document=digits, path="waiting.keras")["ok"]
    assert second.ask("load_weights", document=digits, file="weights.keras")["error"]["code"] == "busy"
    assert third.control("stop")["ok"]
    assert third.until("stopped")["step"] == 0
    assert second.session.run is not None and second.session.run.state == "waiting"

    first.control("stop")
    first.until("stopped")
    assert second.until("finished", "failed")["state"] == "finished"


class Waiter:
    """A run that wants the device alone; it ends when it is let go."""

    def __init__(self, name: str, order: list[str], done: threading.Semaphore) -> None:
        self.run = Run(name, 1)
        self.waits, self.let_go = threading.Semaphore(0), threading.Event()
        self.worker = Worker(name)
        self.worker.submit(lambda: self._go(order, done))

    def _go(self, order: list[str], done: threading.Semaphore) -> None:
        try:
            with turn_of(self.run, True, self.waits.release):
                if not self.run.control.stopping:
                    order.append(self.run.model_name)
                    self.waits.release()
                    self.let_go.wait(PATIENCE)
                raise SystemExit
        finally:
            done.release()


def test_turns_come_in_order_and_a_failure_gives_the_turn_away():
    order: list[str] = []
    done = threading.Semaphore(0)
    waiters = []
    for ahead, name in enumerate("abcd"):
        waiters.append(Waiter(name, order, done))
        assert waiters[-1].waits.acquire(timeout=PATIENCE)
        assert waiters[-1].run.status().get("ahead", 0) == ahead
    a, b, c, d = waiters
    assert (a.run.state, b.run.state) == ("building", "waiting")
    b.run.control.stop()
    assert done.acquire(timeout=PATIENCE)
    while c.run.ahead != 1:
        assert c.waits.acquire(timeout=PATIENCE)
    for waiter in (a, c, d):
        waiter.let_go.set()
        assert done.acquire(timeout=PATIENCE)
    assert order == ["a", "c", "d"]


def test_a_turn_is_that_of_the_machine_and_ends_with_the_process(tmp_path):
    code = """
import sys
from kerasviz.training.run.run import Run
from kerasviz.training.run.turn import turn_of
with turn_of(Run("other", 1), True, lambda: None):
    print("mine", flush=True)
    sys.stdin.read()
"""
    environment = {**os.environ, "KERASVIZ_QUEUE": str(tmp_path)}
    other = subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "mine\n"
    queue = tmp_path / "cpu-0"
    (ticket,) = draw(queue)
    assert ticket.ahead() == 1
    other.kill()
    other.wait()
    assert ticket.ahead() == 0
    assert len(list(queue.iterdir())) == 1
    ticket.give_back()
    assert list(queue.iterdir()) == []


def test_a_queue_that_cannot_be_is_told_and_the_run_goes_on(tmp_path, monkeypatch):
    (tmp_path / "cpu-0").symlink_to(tmp_path)
    monkeypatch.setenv("KERASVIZ_QUEUE", str(tmp_path))
    run = Run("model", 1)
    with turn_of(run, True, lambda: None):
        assert run.turn is None
    assert [str(note) for note in run.notes] == ["Runs of other kernels are not waited for: Not a folder"]


def test_a_ticket_taken_for_a_dead_one_is_drawn_again(tmp_path, monkeypatch):
    queue, lock = tmp_path / "gpu-0", fcntl.flock
    queue.mkdir()
    looked: list[bool] = []

    def late(file: int, how: int) -> None:
        """Somebody looks at a ticket between its making and its locking."""
        (ticket,) = list(queue.iterdir()) or [None]
        if ticket is not None and not looked:
            looked.append(True)
            looked.append(tickets._is_held(ticket))
        lock(file, how)

    (first,) = draw(queue)
    first.give_back()
    monkeypatch.setattr(fcntl, "flock", late)
    (ticket,) = draw(queue)
    assert looked == [True, False]
    assert len(list(queue.iterdir())) == 1 and ticket.is_last() and not ticket.ahead()
    ticket.give_back()
    assert list(queue.iterdir()) == []


def test_what_is_no_ticket_is_neither_waited_for_nor_touched(tmp_path, monkeypatch):
    monkeypatch.setenv("KERASVIZ_QUEUE", str(tmp_path / "queue"))
    queue = queue_of("gpu-0")
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (queue.parent, queue)] == [0o1777, 0o1777]
    own, opened = tmp_path / "own", os.open
    own.write_text("")
    os.mkfifo(queue / f"{1:0{DIGITS}}")
    (queue / f"{2:0{DIGITS}}").symlink_to(own)
    (queue / f"{3:0{DIGITS}}").write_text("a file of somebody else")
    (queue / f"{4:0{DIGITS}}").mkdir()
    strange = sorted(queue.iterdir())
    monkeypatch.setattr(os, "open", lambda path, how, mode=0o777: opened(path, how, mode & ~0o077))
    (ticket,) = draw(queue_of("gpu-0"))
    assert ticket.ahead() == 0
    (queue / f"{5:0{DIGITS}}").unlink()  # as a cleaner of temporary files does
    (other,) = draw(queue)  # has the same number
    assert stat.S_IMODE((queue / f"{5:0{DIGITS}}").stat().st_mode) == 0o644
    ticket.give_back()
    assert len(list(queue.iterdir())) == 5
    other.give_back()
    assert sorted(queue.iterdir()) == strange and own.exists()


def test_runs_that_need_several_devices_never_wait_for_each_other(tmp_path, monkeypatch):
    monkeypatch.setenv(tickets.FOLDER, str(tmp_path))
    first, second = queue_of("gpu-0"), queue_of("gpu-1")
    held: list[dict[Any, tickets.Ticket]] = []

    def draw_many(*queues: Any) -> None:
        for _ in range(20):
            held.append(dict(zip(queues, draw(*queues), strict=True)))

    both_ways = [threading.Thread(target=draw_many, args=way) for way in ((first, second), (second, first))]
    for thread in both_ways:
        thread.start()
    for thread in both_ways:
        thread.join()
    ahead = [(mine[first].ahead(), mine[second].ahead()) for mine in held]
    assert sorted(ahead) == [(place, place) for place in range(40)]
    for ticket in (ticket for mine in held for ticket in mine.values()):
        ticket.give_back()


def test_who_trains_long_or_pauses_lets_others_go_first(documents, digits, monkeypatch):
    monkeypatch.setattr(turn, "SLICE", 0.0)
    monkeypatch.setattr(turn, "LOOK", 0.0)
    first, second = documents("first"), documents("second")
    first.train(planned(digits, fit=FOREVER, place=ALONE))
    first.until("training", step=1)
    second.train(planned(digits, fit=FOREVER, place=ALONE))
    second.until("training", step=1)
    first.until("waiting")
    first.until("training")

    first.control("pause")
    first.until("paused")
    step = second.session.run.step
    second.until("training", step=step + 500)
    first.control("stop")
    assert first.until("stopped")["step"] > 0
    second.control("stop")
    second.until("stopped")


def test_a_worker_whose_rooms_cannot_be_imported_yet_does_its_jobs(monkeypatch):
    def deadlock() -> None:
        raise KeyError("h5py")  # as Python has it where another thread imports the same

    monkeypatch.setattr(worker, "import_rooms", deadlock)
    done = threading.Event()
    Worker("test").submit(done.set)
    assert done.wait(PATIENCE)


def test_the_learning_rate_is_set_by_a_request(documents, digits):
    page = documents("rate")
    page.train(planned(digits, fit=FOREVER))
    page.until("training", step=1)
    assert page.control("change", what="learning_rate", value=0.25)["ok"]
    for value in ("fast", None, True, math.inf):
        assert not page.control("change", what="learning_rate", value=value)["ok"]
    rate = None
    while rate != 0.25:
        values = page.ask("adjustable", run=page.run)["payload"]["values"]
        rate = next(value["value"] for value in values if value["what"] == "learning_rate")
    page.control("stop")
    (mark,) = page.until("stopped")["marks"]
    assert mark["adjustment"] == {"what": "learning_rate", "before": 0.001, "after": 0.25}
    assert page.ask("adjustable", run=page.run)["payload"]["values"] == []


@pytest.fixture
def leaving(raised):
    """A layer whose code ends the thread that calls it."""

    @keras.saving.register_keras_serializable("leaving")
    class Leaving(keras.layers.Layer):
        def __init__(self, at="call", **options):
            super().__init__(**options)
            self.at = at
            if at == "init":
                raise raised("enough")

        def call(self, inputs, training=False):
            if self.at == "call" or (self.at == "training" and training):
                raise raised("enough")
            return inputs

        def get_config(self):
            return {**super().get_config(), "at": self.at}

    yield "leaving>Leaving"
    keras.saving.get_custom_objects().pop("leaving>Leaving")


@pytest.mark.parametrize(
    "raised, at",
    few(product([SystemExit, KeyboardInterrupt, GeneratorExit], ["init", "call", "training"]), 7),
)
def test_no_exception_of_a_layer_ends_a_worker(documents, digits, leaving, raised, at):
    page = documents("leaving")
    mine = layer("Leaving", at=at, name="mine") | {"module": None, "registered_name": leaving}
    broken = {**digits, "config": {**digits["config"], "layers": digits["config"]["layers"].copy()}}
    broken["config"]["layers"][2:2] = [mine]
    page.train(planned(broken))
    status = page.until("failed", "finished")
    assert status["state"] == "failed"
    assert status["error"]["layer"] == "mine"
    assert raised.__name__ in said(status["error"]["message"])
    assert page.ask("save", document=broken, path="broken.keras").get("ok") is (at == "training")

    page.train(planned(digits))
    assert page.until("finished", "failed")["state"] == "finished"
    layers = broken["config"].pop("layers")
    shell = {**broken, "config": {**broken["config"], "layers": []}}
    nodes = page.ask("analyze", revision=1, base=None, model=shell, layers=layers)["payload"]["nodes"]
    assert (nodes["mine:0"]["error"] is None) is (at == "training")
    assert nodes["hidden:0"]["shapes"] == [[None, 32]]


class Silent(Exception):
    """Can't be printed."""

    def __str__(self):
        raise RuntimeError("no words")


@pytest.mark.parametrize("raised", [Silent, lambda _: ValueError("word " * 1_000_000)], ids=["none", "many"])
def test_an_exception_without_words_or_with_millions_ends_the_run_in_a_sentence(
    documents, digits, leaving, raised
):
    page = documents("words")
    mine = layer("Leaving", at="training", name="mine") | {"module": None, "registered_name": leaving}
    digits["config"]["layers"][2:2] = [mine]
    page.train(planned(digits))
    error = page.until("failed", "finished")["error"]
    assert error is not None
    assert len(said(error["message"])) < 1_500 and len(error["detail"]) < 15_000


def test_a_run_ends_where_its_advice_cannot_be_found(documents, digits, monkeypatch):
    def explained(document):
        raise SystemExit("odd")

    monkeypatch.setattr(advice, "explained", explained)
    page = documents("advice")
    page.train(planned(digits, fit={"epochs": 1, "class_weight": {"99": 1.0}}))
    assert page.until("failed", "finished")["error"] is not None


def test_a_run_whose_first_event_can_not_be_sent_goes_on(documents, digits, monkeypatch):
    page = documents("unsent")
    emit, failures = page.session.emit, [RuntimeError("the first")]

    def fail_first(event: str, payload: Any) -> None:
        if event == "run" and failures:
            raise failures.pop()
        emit(event, payload)

    monkeypatch.setattr(page.session, "emit", fail_first)
    page.ask("train", document=planned(digits), start="fresh")
    run = page.session.run
    assert run is not None
    page.run = run.id
    assert page.until("finished", "failed")["state"] in ("finished", "failed")


def test_a_worker_goes_on_after_a_job_that_fails_and_ends_when_idle(caplog):
    worker, done = Worker("kerasviz-test"), threading.Event()
    threads: list[threading.Thread] = []

    def leave() -> None:
        threads.append(threading.current_thread())
        raise SystemExit

    worker.submit(leave)
    worker.submit(done.set)
    assert done.wait(PATIENCE)
    threads[0].join(PATIENCE)
    assert not threads[0].is_alive()
    again = threading.Event()
    worker.submit(again.set)
    assert again.wait(PATIENCE)
    assert "SystemExit" in caplog.text


def test_who_waits_for_a_job_hears_of_any_exception():
    worker = DocumentWorker()

    def leave() -> None:
        raise SystemExit("enough")

    with pytest.raises(SystemExit, match="enough"):
        worker.call(leave)
    assert worker.call(lambda: 1) == 1


def test_a_place_is_made_of_what_the_plan_says(digits):
    assert type(place_of(read_plan(planned(digits)).place)) is Thread
    for place in ({"class_name": "moon", "config": {}}, {"class_name": "thread", "config": {"nodes": 2}}):
        with pytest.raises(RequestError) as refused:
            place_of(read_plan(planned(digits, place=place)).place)
        assert refused.value.error["code"] == "place"


IMPORTING = """
import importlib, sys, threading
sys.setswitchinterval(1e-6)
from kerasviz.execution.worker import Worker
names = ["kerasviz.storage." + name for name in ("atomic", "formats", "matching", "saving")]
begin, failed, done = threading.Barrier(len(names)), [], threading.Semaphore(0)
def load(name):
    begin.wait()
    try:
        importlib.import_module(name)
    except BaseException as error:
        failed.append(repr(error))
    done.release()
for name in names:
    Worker(name).submit(lambda name=name: load(name))
for name in names:
    done.acquire()
print(failed)
"""


def test_threads_that_begin_at_once_import_without_a_deadlock():
    """Python gives up where one thread imports a package, and another one a module that it needs."""
    done = subprocess.run([sys.executable, "-c", IMPORTING], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
