"""Runs every benchmark and writes `docs/benchmarks.md`."""

import os
import platform
from importlib.metadata import version

from benchmarks import (
    browser,
    build_cost,
    chart_cost,
    data_costs,
    looking_inside,
    looking_memory,
    model_files,
    process_cost,
    reading_folders,
    result_cost,
    run_cost,
    sliding_epochs,
    small_costs,
    statistics_cost,
)
from benchmarks.page import write_costs
from benchmarks.result import Result

HEAD = """# Benchmarks

Measured by `make bench`, each side by side with its peer in one run.
Read the ratios: the times are one machine's. A ratio above the promise is one that is not kept yet.

"""


def main() -> None:
    """Measure all, print and write the table."""
    results: list[Result] = []
    files = (data_costs, reading_folders, model_files)
    model = (
        chart_cost,
        run_cost,
        statistics_cost,
        build_cost,
        looking_inside,
        looking_memory,
        sliding_epochs,
        result_cost,
        process_cost,
    )
    for module in (small_costs, *model, *files, browser):
        results += module.measure()
    rows = ["| what | kerasviz | peer | ratio | promised |", "|---|---|---|---|---|"]
    rows += [f"| {r.what} | {r.ours} | {r.peer} | {r.ratio} | {r.limit} |" for r in results]
    packages = ("keras", "tensorflow", "jupyterlab", "livelossplot")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    machine = f"{os.cpu_count()} cores, {platform.machine()}, no GPU; Python {platform.python_version()}"
    foot = f"\n\n{machine}, {versions}.\n"
    write_costs(HEAD + "\n".join(rows) + foot)
    print("\n".join(rows))


if __name__ == "__main__":
    main()
