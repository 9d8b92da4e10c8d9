"""A process that waits with Keras imported, executes one run, and ends: its memory is free again then.

The folder of a job comes as one line from the process that started this one, and from nowhere else. Without a
job it ends when nobody can give it one any more, or it has waited too long. With a job, it goes on whatever
becomes of the other process.
"""

import os
import select
import sys
from pathlib import Path

IDLE = 900.0
"""Seconds without a job after which it ends: it takes as much memory as a kernel."""
READY = b"ready\n"


def main() -> None:
    """Waits for a job and does it."""
    jobs, answers = os.dup(0), os.dup(1)
    _print_to(os.devnull)
    from kerasviz.execution.rooms import import_rooms_of_keras

    import_rooms_of_keras()
    from kerasviz.execution import jobrun

    os.write(answers, READY)
    os.close(answers)
    # Windows knows this of sockets alone: there it waits as long as the other process lasts.
    if sys.platform != "win32" and not select.select([jobs], [], [], IDLE)[0]:
        return
    with open(jobs, "rb", buffering=0) as file:
        line = file.readline().decode().rstrip("\n")
        if line:
            jobrun.execute(Path(line), _print_to)


def _print_to(path: str) -> None:
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


if __name__ == "__main__":
    main()
    # Threads of backends would else be waited for, or crash as Python ends.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
