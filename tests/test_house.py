"""The house is laid out as docs/architecture.md says; linters hold the order of its rooms."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = {"Python": (ROOT / "kerasviz", ("*.py",)), "TypeScript": (ROOT / "src", ("*.ts", "*.tsx"))}
DOORS = {"__init__", "__main__", "_version", "comm", "livecharts", "server", "widget", "ydoc"}
LONGEST = 300
BACKEND = re.compile(r"""import_module\(\s*["'](tensorflow|jax|torch)""")


def modules(language: str) -> list[Path]:
    folder, patterns = CODE[language]
    found = [path for pattern in patterns for path in folder.rglob(pattern)]
    made = {"labextension", "static", "__tests__"}
    return sorted(path for path in found if not made & set(path.relative_to(folder).parts))


@pytest.mark.parametrize("language", CODE)
def test_names_are_unique(language: str) -> None:
    """A name leads to one file of a language; the file that answers a request has the name of its topic."""
    places = defaultdict(list)
    for path in modules(language):
        if path.stem not in ("index", "__init__", "__main__") and path.parent.name != "requests":
            places[path.stem.replace("_", "").lower()].append(str(path.relative_to(ROOT)))
    assert [paths for paths in places.values() if len(paths) > 1] == []


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
