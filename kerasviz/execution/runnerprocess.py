"""The process that executes runs for `runner.py`: it has Keras imported, and forks for each run.

A run so begins at once, shares the memory of what is imported, and gives back all that it took itself when it
ends. Nothing here touches a device or starts a thread before a fork. Where Python can't fork safely, the
process executes one run itself, and ends with it.

A job is a line of JSON, its folder and whether it may be one that is rehearsed, from the process that started
this one, and from nowhere else. Answers are lines of JSON, too:
`"ready"`, and for each run `["began", job, pid]` and `["ended", pid, status]`. When nobody can ask it any
more it ends; runs go on.
"""

import gc
import json
import os
import select
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

FORKS = sys.platform == "linux"
PAUSE = 3.0
"""Seconds after the start of a run in which no other one is rehearsed: that has the processors first."""


def main() -> None:
    """Waits for jobs and does them."""
    jobs, answers = os.dup(0), os.dup(1)
    print_to(os.devnull)
    from kerasviz.execution.rooms import import_rooms_of_keras

    import_rooms_of_keras()
    import kerasviz.execution.jobrun  # noqa: F401

    gc.collect()
    gc.freeze()  # a collection after a fork would copy what is shared
    _say(answers, "ready")
    if FORKS:
        _fork_for_each(jobs, answers)
    else:
        with open(jobs, "rb", buffering=0) as file:
            job, _ = json.loads(file.readline() or "null")
            _say(answers, ["began", job, os.getpid()])
            _execute(job)


def _fork_for_each(jobs: int, answers: int) -> None:
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    own = (jobs, answers, woken, wake)
    spare: tuple[int, int] | None = _fork_spare(own)
    read = b""
    while True:
        ready, _, _ = select.select([jobs, woken], [], [], PAUSE if spare is None else None)
        if not ready:
            spare = _fork_spare(own)
        if woken in ready:
            os.read(woken, 4096)
            _tell_ended(answers)
        if jobs not in ready:
            continue
        more = os.read(jobs, 65536)
        if not more:
            return
        *lines, read = (read + more).split(b"\n")
        for line in lines:
            job, is_rehearsed = json.loads(line)
            if is_rehearsed and spare is not None:
                (pid, pipe), spare = spare, None
                with suppress(OSError):  # it has just died
                    os.write(pipe, job.encode())
                os.close(pipe)
            else:
                pid = _fork(partial(_execute, job), own)
            with suppress(OSError):  # nobody listens any more
                _say(answers, ["began", job, pid])


def _fork(do: Callable[[], None], own: Iterable[int]) -> int:
    pid = os.fork()
    if pid == 0:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for file in own:
            os.close(file)
        os.setsid()
        do()
    return pid


def _fork_spare(own: Iterable[int]) -> tuple[int, int]:
    """Forks before there is a job, for what a first run does that later ones need not."""
    job, give = os.pipe()
    pid = _fork(partial(_wait, job), (*own, give))
    os.close(job)
    return pid, give


def _wait(job: int) -> None:
    from kerasviz.execution.rehearsal import rehearse

    with suppress(Exception):  # a run that is not rehearsed says itself what is wrong
        rehearse(lambda: bool(select.select([job], [], [], 0)[0]))
    given = os.read(job, 65536).decode()
    os.close(job)
    if not given:
        os._exit(0)
    _execute(given)


def _tell_ended(answers: int) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        with suppress(OSError):
            _say(answers, ["ended", pid, os.waitstatus_to_exitcode(status)])


def _execute(job: str) -> None:
    """Executes a run, and ends the process with it."""
    import numpy as np

    from kerasviz.execution.devicesrun import execute_on_devices

    status = 1
    try:
        np.random.seed()  # else each run would draw what the others draw
        execute_on_devices(Path(job), print_to)
        status = 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)  # threads of backends would be waited for, or crash as Python ends


def print_to(path: str) -> None:
    """Takes what is printed, by Python or a library, to a file, and gives nothing to read."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    nothing = os.open(os.devnull, os.O_RDONLY)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.dup2(nothing, 0)
    os.close(file)
    os.close(nothing)


def _say(answers: int, said: Any) -> None:
    os.write(answers, f"{json.dumps(said)}\n".encode())


if __name__ == "__main__":
    main()
