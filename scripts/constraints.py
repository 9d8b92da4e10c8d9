"""Prints the releases of this environment: of kerasviz' own requirements, its tests' and what these need.

`make constraints` writes them into `constraints.txt`, in an environment in which every test passed.
"""

import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())


def releases(requirements: Iterable[Requirement], found: dict[str, str]) -> dict[str, str]:
    """Adds the installed release of each requirement, and of all that it requires."""
    for requirement in requirements:
        name = canonicalize_name(requirement.name)
        if name in found:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # for another system, or for an extra
        found[name] = package.version
        releases(_required(package.requires or [], requirement.extras), found)
    return found


def _required(lines: Iterable[str], extras: set[str]) -> Iterator[Requirement]:
    for requirement in map(Requirement, lines):
        environments = [{"extra": extra} for extra in extras or {""}]
        if requirement.marker is None or any(map(requirement.marker.evaluate, environments)):
            yield requirement


if __name__ == "__main__":
    lines = [
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["test"],
    ]
    print("# The releases that the tests pass with, as `make constraints` wrote them.")
    for name, version in sorted(releases(map(Requirement, lines), {}).items()):
        print(f"{name}=={version}")
