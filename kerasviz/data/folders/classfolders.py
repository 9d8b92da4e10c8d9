"""Which files of a folder are samples of which class."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kerasviz.data.files.located import refused
from kerasviz.protocol.text import any_of, text

PARTS = {
    "training": ("train", "training", "train_set", "training_set"),
    "validation": ("val", "valid", "validation", "dev", "val_set", "validation_set"),
    "test": ("test", "testing", "test_set"),
}
"""Names of folders that are no classes but parts, in small letters."""
_HIDDEN = (".", "__")
"""How names begin of what systems leave in folders: .DS_Store, .ipynb_checkpoints, __MACOSX."""


@dataclass(frozen=True)
class Listing:
    """The files of a part.

    Attributes:
        root: The folder of the part.
        files: In each class, in alphabetical order.
        classes: The number of the class of each file.
        others: Files of other kinds, which are left out.
        links: Links that lead out of the folder that was chosen, which are not followed.
    """

    root: Path
    files: list[Path]
    classes: list[int]
    others: list[Path] = field(default_factory=list)
    links: list[Path] = field(default_factory=list)


def find_folder(chosen: object, folder: Path) -> Path:
    """Finds a folder that a plan names.

    Args:
        chosen: Its path, relative to the folder of the document.
        folder: Where the document is.

    Raises:
        RequestError: With code `no_data`.
    """
    if not isinstance(chosen, str) or not chosen or "\0" in chosen:
        raise refused(text("Choose a folder."))
    try:
        path = folder / Path(chosen).expanduser()
        if path.is_dir():
            return path
    except (OSError, RuntimeError) as error:
        raise refused(text("{file} can't be read.", file=chosen), str(error)) from None
    if path.exists():
        raise refused(text("{file} is a file. Choose the folder that it is in.", file=chosen))
    raise refused(text("There is no folder {file} in {folder}.", file=chosen, folder=str(folder)))


def list_parts(root: Path, endings: Sequence[str]) -> tuple[list[str], dict[str, Listing]]:
    """Lists the samples of a folder: those of each part, where it has folders called train, val or test.

    Args:
        root: A folder with a folder for each class, or with one for each part that has these.
        endings: How names of samples end, in small letters, e.g. `.png`.

    Returns:
        The names of the classes, and the files of each part; without parts, all are `training`.

    Raises:
        RequestError: With code `no_data`, where there are no classes, or parts have others.
    """
    inside = _folders(root)
    parts = {
        part: next((path for path in inside if path.name.lower() in names), None)
        for part, names in PARTS.items()
    }
    if parts["training"] is None or not _folders(parts["training"]):
        classes = [path.name for path in inside]
        return classes, {"training": _checked(_list(root, classes, root, endings), classes, endings)}
    classes = [path.name for path in _folders(parts["training"])]
    listings = {}
    for part, path in parts.items():
        if path is None:
            continue
        strange = [inner.name for inner in _folders(path) if inner.name not in classes]
        if strange:
            raise refused(
                text(
                    "{part} has the class {name}, which {training} has not. Give both the same folders.",
                    part=path.name,
                    name=repr(strange[0]),
                    training=parts["training"].name,
                )
            )
        listings[part] = _list(path, classes, root, endings)
    _checked(listings["training"], classes, endings)
    return classes, {part: one for part, one in listings.items() if one.files}


def _checked(listing: Listing, classes: list[str], endings: Sequence[str]) -> Listing:
    """Checks that there is something to learn.

    Raises:
        RequestError: With code `no_data`.
    """
    if listing.files and len(classes) > 1:
        return listing
    name = listing.root.name
    if not listing.files:
        raise refused(
            text(
                "{folder} has no folders with files that end with {endings}. Put the files of each class in "
                "a folder with its name, and choose the folder that these are in.",
                folder=name,
                endings=any_of(list(endings)),
            )
        )
    raise refused(
        text(
            "{folder} has one folder only, {name}, and so one class. Choose the folder in which there is one "
            "for each class.",
            folder=name,
            name=repr(classes[0]),
        )
    )


def _folders(path: Path) -> list[Path]:
    try:
        found = [
            path / entry.name
            for entry in os.scandir(path)
            if not entry.name.startswith(_HIDDEN) and entry.is_dir(follow_symlinks=False)
        ]
    except OSError as error:
        raise refused(text("{file} can't be read.", file=path.name), str(error)) from None
    return sorted(found)


def _list(path: Path, classes: list[str], root: Path, endings: Sequence[str]) -> Listing:
    listing, home = Listing(path, [], []), root.resolve()
    for number, name in enumerate(classes):
        for file in sorted(_files(path / name)):
            if file.suffix.lower() in endings and not _leads_out(file, home):
                listing.files.append(file)
                listing.classes.append(number)
            elif file.suffix.lower() in endings:
                listing.links.append(file)
            else:
                listing.others.append(file)
    return listing


def _leads_out(file: Path, home: Path) -> bool:
    return file.is_symlink() and not file.resolve().is_relative_to(home)


def _files(path: Path) -> Iterator[Path]:
    """All files below a folder."""
    for at, inner, names in os.walk(path):
        inner[:] = [name for name in inner if not name.startswith(_HIDDEN)]
        for name in names:
            file = Path(at, name)
            if not name.startswith(_HIDDEN) and file.is_file():
                yield file
