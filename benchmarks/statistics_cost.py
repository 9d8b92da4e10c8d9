"""What statistics of layers cost `fit`, and what they cost together with charts and the folder of a run."""

from benchmarks.result import Result
from benchmarks.run_cost import compared, limit_at

ROUNDS = 5
RUNS = {"45 steps an epoch, 100 epochs": ([64], 1437, 32, 100), "fast, 8 epochs": ([], 8192, 8, 8)}
"""Of about five seconds: before, after the first epoch and at the end is measured however short a fit is."""


def measure() -> list[Result]:
    """Return the time of a `fit` with all that is told and kept of it, against one without statistics."""
    results = []
    for name, found in compared(("nothing", "folder", "statistics"), ROUNDS, RUNS).items():
        speed = f"{name}, {found['speed']:.0f} steps a second"
        ours, nothing, without = (found["times"][kind] for kind in ("statistics", "nothing", "folder"))
        results += [
            Result(
                f"what statistics of layers cost ({speed})",
                f"{ours:.2f} s",
                f"without {without:.2f} s",
                f"{found['ratios']['statistics/folder']:.3f}",
                "1.01",
            ),
            Result(
                f"`fit` with charts, folder and statistics ({speed})",
                f"{ours:.2f} s",
                f"without any {nothing:.2f} s",
                f"{found['ratios']['statistics/nothing']:.3f}",
                limit_at(found["speed"]),
            ),
        ]
    return results
