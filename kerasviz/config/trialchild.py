"""The process in which `trial.py` tries things: it does jobs within limits, and says how each ended.

A job comes as a pickle from the process that started this one, and from nowhere else. The answer is a line of
JSON: `"done"`, whatever the job returned or raised, or `"memory"`; without an answer the system ended it. It
ends when it has nothing to do, or nobody can ask it any more.
"""

import json
import os
import pickle
import re
import select
import sys
from typing import Any

from kerasviz.config.memorylimit import limit_memory, limit_time

IDLE = 120.0
"""Seconds without a job after which it ends."""
_NO_MEMORY = re.compile(r"\bOOM\b|out of memory|allocate|RESOURCE_EXHAUSTED|bad_alloc", re.IGNORECASE)


def main() -> None:
    """Does jobs until there are none."""
    jobs = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what Keras prints is no answer
    import keras

    keras.layers.Dense(1)(keras.Input((1,)))  # starts what the backend starts
    _say(answers, "ready")
    while _has_job(jobs):
        try:
            job, args, seconds, memory = pickle.load(jobs)
        except EOFError:
            return
        limit_memory(memory)
        limit_time(seconds)
        try:
            job(*args)
        except BaseException as error:  # code of Keras may raise anything: only that it ends counts
            if _is_memory(error):
                _say(answers, "memory")
                return
        _say(answers, "done")


def _has_job(jobs: Any) -> bool:
    # Windows knows this of sockets alone: there the process lasts as long as the other.
    return sys.platform == "win32" or bool(select.select([jobs], [], [], IDLE)[0])


def _say(answers: Any, word: str) -> None:
    answers.write(json.dumps(word) + "\n")
    answers.flush()


def _is_memory(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, MemoryError) or _NO_MEMORY.search(str(error)):
            return True
        error = error.__cause__ or error.__context__
    return False


if __name__ == "__main__":
    main()
