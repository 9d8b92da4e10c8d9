"""Runs the trainings, and prints how often hints are right.

`python -m benchmarks.hints --half train --only "prices" --jobs 2 --keep FOLDER` trains some of them and keeps
what came of it; `--again` asks the rules about what is kept, without training.
"""

from __future__ import annotations

import argparse
import os
import pickle
import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.hints.cases import Case, Outcome, cases, outcome
from benchmarks.hints.report import report


def main() -> None:
    """Trains, judges and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hints", description=__doc__)
    parser.add_argument("--only", default="", help="a pattern that names have")
    parser.add_argument("--half", choices=("train", "test"))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "kerasviz-hints")
    parser.add_argument("--again", action="store_true", help="trains nothing")
    parser.add_argument("--list", action="store_true", help="prints each case with its hints")
    arguments = parser.parse_args()
    folder: Path = arguments.keep
    folder.mkdir(parents=True, exist_ok=True)
    if not arguments.again:
        _train(_missing(arguments.only, arguments.half, folder), arguments.jobs, folder)
    kept = (pickle.loads(path.read_bytes()) for path in sorted(folder.glob("*.pickle")))
    chosen = [
        each for each in kept if re.search(arguments.only, each.name) and arguments.half in (None, each.half)
    ]
    print(report(chosen, each=arguments.list))


def _missing(only: str, half: str | None, folder: Path) -> list[Case]:
    return [
        case
        for case in cases()
        if re.search(only, case.name) and half in (None, case.half) and not _path(folder, case.name).exists()
    ]


def _train(some: list[Case], jobs: int, folder: Path) -> None:
    os.environ.update(OMP_NUM_THREADS="1", TF_NUM_INTRAOP_THREADS="1", TF_NUM_INTEROP_THREADS="1")
    for number, found in enumerate(_outcomes(some, jobs), start=1):
        _path(folder, found.name).write_bytes(pickle.dumps(found))
        print(f"{number}/{len(some)} {found.name} {found.message}", flush=True)


def _outcomes(some: list[Case], jobs: int) -> Iterator[Outcome]:
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        yield from pool.map(outcome, some)


def _path(folder: Path, name: str) -> Path:
    return folder / (re.sub(r"\W+", "_", name) + ".pickle")


if __name__ == "__main__":
    main()
