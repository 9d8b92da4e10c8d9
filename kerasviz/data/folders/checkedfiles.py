"""Which files can't be read: found out at their first and last bytes, before training."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import numpy as np

from kerasviz.protocol.text import Text, text_n

SHOWN = 5
"""Files that are named, of many that can't be read."""
_TAIL = 1024
_ENDS = {b"\xff\xd8\xff": b"\xff\xd9", b"\x89PNG\r\n\x1a\n": b"IEND"}
"""How a picture that is whole ends, by its first bytes."""

Told = TypeVar("Told")


def checked(
    files: Iterable[Path], check: Callable[[Path], Told | None]
) -> tuple[list[Told | None], list[int]]:
    """Looks at files, several at once.

    Args:
        files: The files.
        check: Tells something of a file; None where it can't be read.

    Returns:
        What it told of each file, and the positions of those that can be read.
    """
    with ThreadPoolExecutor() as threads:
        told = list(threads.map(check, files))
    return told, [position for position, one in enumerate(told) if one is not None]


def picture_size(file: Path, channels: int) -> tuple[int, int] | None:
    """Height and width of a picture.

    Args:
        file: Its file.
        channels: 1, 3 or 4, in which it is to be read.

    Returns:
        None where it is damaged, no picture whatever its name says, or can't be read in these channels.
    """
    from PIL import Image

    try:
        with open(file, "rb") as opened:
            head = opened.read(8)
            opened.seek(0, 2)
            opened.seek(max(0, opened.tell() - _TAIL))
            tail = opened.read()
        with Image.open(file) as picture:
            if not _is_read(picture.format, picture.mode, channels):
                return None
            end = next((end for begin, end in _ENDS.items() if head.startswith(begin)), None)
            if end is None or end not in tail:
                picture.load()  # takes long, and says whether it is whole
            return picture.height, picture.width
    except Exception:  # Pillow raises what it likes for what is no picture
        return None


def _is_read(kind: str | None, mode: str, channels: int) -> bool:
    """Whether TensorFlow decodes such a picture in so many channels."""
    if kind in ("JPEG", "MPO"):
        return channels == 3 or (channels == 1 and mode != "CMYK")
    if kind == "BMP":
        return channels > 1 and mode != "1"
    return kind == "PNG" or (kind == "GIF" and channels == 3)


def sound_shape(file: Path) -> tuple[int, int, int] | None:
    """Samples, channels and sampling rate of a `.wav` file of 16 bits; None for any other."""
    try:
        with wave.open(str(file)) as sound:
            if sound.getsampwidth() != 2 or not sound.getnframes():
                return None
            return sound.getnframes(), sound.getnchannels(), sound.getframerate()
    except (wave.Error, EOFError, OSError):
        return None


def text_length(file: Path) -> int | None:
    """Characters of a text in UTF-8; None where it is in another encoding, or no text."""
    try:
        read = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return None if "\0" in read else len(read)


def note_unread(root: Path, files: list[Path], kind: str) -> Text | None:
    """Names the files that are left out; None where there are none.

    Args:
        root: The folder that was chosen.
        files: Those that can't be read.
        kind: What they would have to be, for people.
    """
    if not files:
        return None
    names = ", ".join(str(file.relative_to(root)) for file in files[:SHOWN])
    if len(files) > SHOWN:
        names += ", …"
    return text_n(
        "{n} file can't be read as {kind} and is left out: {names}.",
        "{n} files can't be read as {kind} and are left out: {names}.",
        len(files),
        kind=kind,
        names=names,
    )


def note_empty(classes: list[str], numbers: set[int]) -> Text | None:
    """Names the classes without a sample; None where there are none."""
    empty = [name for number, name in enumerate(classes) if number not in numbers]
    if not empty:
        return None
    names = ", ".join(empty[:SHOWN]) + (", …" if len(empty) > SHOWN else "")
    return text_n(
        "{n} folder has no samples that can be read, but counts as a class: {names}. Remove it.",
        "{n} folders have no samples that can be read, but count as classes: {names}. Remove them.",
        len(empty),
        names=names,
    )


def note_links(root: Path, links: list[Path]) -> Text | None:
    """Names the links that are not followed; None where there are none."""
    if not links:
        return None
    return text_n(
        "{n} link leads out of the folder and is left out: {names}. Put the file in its place.",
        "{n} links lead out of the folder and are left out, such as {names}. Put the files in their places.",
        len(links),
        names=str(links[0].relative_to(root)),
    )


def note_others(root: Path, others: list[Path], endings: set[str]) -> Text | None:
    """Names the samples in formats that are not read, such as `.webp`; None where there are none."""
    strange = [file for file in others if file.suffix.lower() in endings]
    if not strange:
        return None
    return text_n(
        "{n} file of another format is left out: {names}. Convert it.",
        "{n} files of other formats are left out, such as {names}. Convert them.",
        len(strange),
        names=str(strange[0].relative_to(root)),
    )


def middle(values: list[int], least: int, most: int) -> int:
    """The median of some numbers, within limits."""
    return int(np.clip(int(np.median(values)), least, most))
