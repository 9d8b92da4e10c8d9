"""Runs the trainings, and prints how often hints are right.

`python -m benchmarks.hints --half train --only "prices" --keep FOLDER` trains some of them and keeps what
came of it, also with the fixes of hints that were right; what is kept is not trained again. `--again` asks
the rules about what is kept, without training. `--seconds 500` ends in time, to be continued by the same
command.
"""

from __future__ import annotations

import argparse
import os
import pickle
import re
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.hints.cases import Case, Outcome, cases, outcome
from benchmarks.hints.fixes import fix_of, fixed, repairs
from benchmarks.hints.report import HALVES, report
from benchmarks.page import write_hints

HEAD = """Trainings that rules were not written for, by `make bench-hints`, beside what others
published of theirs: half of the mutations, and half of the programs that are written as other people write
them (`benchmarks/hints/programs/`). What a fault costs is accuracy, or the share of variance explained, on
samples held out.

The first row is not untouched. Of the healthy mutations, 8 of 71 had a warning on a first look, all of
`overfitting`: now it is an info where validation got worse by less than a quarter of the loss of guessing.
Of the healthy programs, 6 of 44 had one, and one of these an error. Two of them did not learn at all, and
their learning rates were lowered: they had been written without being run. In one a loss that fell steadily
was said to jump. In two `stopped-too-early` was said as a warning, though the most was learned: now it is
an info. All was measured again.

"""


def main() -> None:
    """Trains, judges and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hints", description=__doc__)
    parser.add_argument("--only", default="", help="a pattern that names have")
    parser.add_argument("--half", choices=tuple(HALVES), action="append", help="may be given again")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "kerasviz-hints")
    parser.add_argument("--again", action="store_true", help="trains nothing")
    parser.add_argument("--list", action="store_true", help="prints each case with its hints")
    parser.add_argument("--page", action="store_true", help="writes the table into docs/benchmarks.md")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begins no training after these")
    arguments = parser.parse_args()
    folder: Path = arguments.keep
    after = folder / "fixed"
    after.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + arguments.seconds
    if not arguments.again:
        os.environ.update(OMP_NUM_THREADS="1", TF_NUM_INTRAOP_THREADS="1", TF_NUM_INTEROP_THREADS="1")
        wanted = [
            case
            for case in cases()
            if re.search(arguments.only, case.name) and (not arguments.half or case.half in arguments.half)
        ]
        _train(wanted, arguments.jobs, folder, end)
        _train(list(_fixed(wanted, _kept(folder))), arguments.jobs, after, end)
    known = _kept(folder)
    chosen = [
        each
        for each in known.values()
        if re.search(arguments.only, each.name) and (not arguments.half or each.half in arguments.half)
    ]
    names = {each.name for each in chosen}
    found = [each for each in repairs(known, _kept(after)) if each.name in names]
    print(report(chosen, found, each=arguments.list))
    if arguments.page:
        write_hints(HEAD + report(chosen, found, each=False) + "\n")


def _fixed(some: list[Case], known: dict[str, Outcome]) -> Iterator[Case]:
    for case in some:
        found = fix_of(known[case.name]) if case.fault and case.name in known else None
        if found is not None:
            yield fixed(case, found[1])


def _train(some: list[Case], jobs: int, folder: Path, end: float) -> None:
    missing = [case for case in some if not _path(folder, case.name).exists()]
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        for first in range(0, len(missing), jobs):
            if time.monotonic() > end:
                return
            for found in pool.map(outcome, missing[first : first + jobs]):
                _path(folder, found.name).write_bytes(pickle.dumps(found))
                print(f"{found.name} {found.score} {found.message}", flush=True)


def _kept(folder: Path) -> dict[str, Outcome]:
    found = (pickle.loads(path.read_bytes()) for path in sorted(folder.glob("*.pickle")))
    return {each.name: each for each in found}


def _path(folder: Path, name: str) -> Path:
    return folder / (re.sub(r"\W+", "_", name) + ".pickle")


if __name__ == "__main__":
    main()
