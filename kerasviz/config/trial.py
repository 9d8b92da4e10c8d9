"""Tries in a child process what may take too much memory or time: this process stays free and alive."""

import contextlib
import json
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any

from kerasviz.config.budget import SLOWNESS, budget, too_large, too_slow
from kerasviz.config.cost import may_be_large, remember_built
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import text

START = 120.0
"""Seconds in which the child must have imported Keras."""
CHILD = "kerasviz.config.trialchild"
_XCPU = getattr(signal, "SIGXCPU", 24)
IN_CHILD = "KERASVIZ_TRIAL"
"""Variable that tells the child that it is one: what it does is tried already."""

_UNTRIED = text(
    "It is large, so another process has to try it first, but that one did not start, or ended. "
    "Try again, or restart the kernel."
)


def try_first(
    job: Callable[..., Any],
    *args: Any,
    config: Any,
    shapes: Iterable[int] = (),
    layer: str | None = None,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Does a job in a child process first, where its config may cost much and was not built before.

    Args:
        job: A function of a module of ours. What it returns or raises is of no interest: it will again.
        args: For the function; plain data.
        config: The part of a Keras JSON that it builds.
        shapes: Sizes of what comes in.
        layer: Name of the layer that it is about.
        check: Refuses what needs no trial to be refused: a process takes seconds to start.

    Raises:
        ModelFileError: When it took more than the budget, or could not be tried.
    """
    sizes = list(shapes)
    if os.environ.get(IN_CHILD) or not may_be_large(config, sizes):
        return
    check()
    with _lock:
        try:
            _try(job, args)
        except ModelFileError as error:
            error.layer = layer
            raise
    remember_built(config, sizes)


def child_knows(config: Any) -> bool:
    """Tells whether the child knows all classes of a config: not those that the user registered here.

    Args:
        config: Any part of a Keras JSON.
    """
    import keras

    own, stack = keras.saving.get_custom_objects(), [config] if keras.saving.get_custom_objects() else []
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            if str(item.get("registered_name")) in own or str(item.get("class_name")) in own:
                return False
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
    return True


class _Child:
    """A process that has imported Keras; it ends by itself when it has nothing to do, or this one ends."""

    def __init__(self) -> None:
        import keras

        environment = {
            **os.environ,
            IN_CHILD: "1",
            "KERAS_BACKEND": keras.backend.backend(),
            "CUDA_VISIBLE_DEVICES": "-1",  # the memory of a GPU belongs to this process
            "JAX_PLATFORMS": "cpu",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        # -P: nothing in the working folder must be imported.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._answers: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=self._read, name="kerasviz-trial", daemon=True).start()
        if self._answer(START) != "ready":
            self.kill()
            raise ModelFileError(_UNTRIED)

    @property
    def lives(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def do(self, job: Callable[..., Any], args: tuple[Any, ...]) -> str:
        """Does a job; `"done"` unless it took too much `"memory"` or `"time"`, or was left `"untried"`."""
        now = budget()
        with contextlib.suppress(OSError):  # where it has died, no answer comes
            pickle.dump((job, args, now.seconds, now.bytes), self._process.stdin)  # type: ignore[arg-type]
            self._process.stdin.flush()  # type: ignore[union-attr]
        return self._answer(SLOWNESS * now.seconds)

    def kill(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.wait()

    def _read(self) -> None:
        for line in self._process.stdout:  # type: ignore[union-attr]
            self._answers.put(line)
        self._answers.put(b"")

    def _answer(self, seconds: float) -> str:
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            return "time"
        if line:
            return str(json.loads(line))
        status = self._process.wait()
        if status in (0, 1):  # it ended by itself: idle just now, or the package on the disk is another one
            return "untried"
        # Killed by the system for its time of a processor, or by a backend that got no memory.
        return "time" if status == -_XCPU else "memory"


_ENDS = {"memory": too_large, "time": too_slow}
_children: list[_Child] = []
_lock = threading.Lock()


def _child() -> _Child:
    if not _children or not _children[0].lives:
        _children[:] = [_Child()]
    return _children[0]


def _try(job: Callable[..., Any], args: tuple[Any, ...]) -> None:
    # A child that has had nothing to do may be ending just now: a new one takes its job.
    for _ in range(2):
        said = _child().do(job, args)
        if said == "done":
            return
        _children.pop().kill()
        if said in _ENDS:
            raise ModelFileError(_ENDS[said]())
    raise ModelFileError(_UNTRIED)
