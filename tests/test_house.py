"""The house is laid out as docs/architecture.md says; linters hold the order of its rooms."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = {"Python": (ROOT / "kerasviz", ("*.py",)), "TypeScript": (ROOT / "src", ("*.ts", "*.tsx"))}
DOORS = {"__init__", "__main__", "_version", "comm", "livecharts", "server", "widget", "ydoc"}
LONGEST = 300
TOPICS = ("protocol", "requests")
TWINS = {
    "addedlosses",
    "assets",
    "classmarks",
    "classweights",
    "depths",
    "jsontext",
    "plan",
    "sweep",
    "tensors",
}
"""Modules that do the same in Python and in TypeScript, or the two ends of one thing."""
BACKEND = re.compile(r"""import_module\(\s*["'](tensorflow|jax|torch)""")


def modules(language: str) -> list[Path]:
    folder, patterns = CODE[language]
    found = [path for pattern in patterns for path in folder.rglob(pattern)]
    made = {"labextension", "static", "__tests__"}
    return sorted(path for path in found if not made & set(path.relative_to(folder).parts))


def names(language: str) -> dict[str, list[str]]:
    """Paths by name. Messages and what answers them have the name of their topic, whatever else has."""
    places = defaultdict(list)
    for path in modules(language):
        if path.stem not in ("index", "__init__", "__main__") and path.parent.name not in TOPICS:
            places[path.stem.replace("_", "").lower()].append(str(path.relative_to(ROOT)))
    return places


@pytest.mark.parametrize("language", CODE)
def test_a_name_leads_to_one_file(language: str) -> None:
    assert [paths for paths in names(language).values() if len(paths) > 1] == []


def test_a_name_in_both_languages_means_twins() -> None:
    assert names("Python").keys() & names("TypeScript").keys() == TWINS


@pytest.mark.parametrize("language", CODE)
def test_files_are_short(language: str) -> None:
    lengths = {path: path.read_text(encoding="utf-8").count("\n") for path in modules(language)}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST} == {}


def test_only_doors_stand_outside_the_rooms() -> None:
    loose = {path.stem for path in (ROOT / "kerasviz").glob("*.py")}
    assert loose <= DOORS


def test_backends_are_asked_for_in_their_room_only() -> None:
    """import-linter sees an import, not the name of a module in a string."""
    outside = [path for path in modules("Python") if "backend" not in path.parts]
    assert [str(path) for path in outside if BACKEND.search(path.read_text(encoding="utf-8"))] == []
