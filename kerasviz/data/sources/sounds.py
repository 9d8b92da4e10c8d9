"""Folder of sounds."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from kerasviz.backend import decoding
from kerasviz.data.dataset import FolderPath, Found, Stream
from kerasviz.data.folders.checkedfiles import middle, note_others, sound_shape
from kerasviz.data.folders.classfolders import find_folder, list_parts
from kerasviz.data.folders.filereader import Adapt, folder_stream
from kerasviz.data.folders.foldercode import directory_code
from kerasviz.protocol.text import all_of, text
from kerasviz.writing.snippet import Snippet

ENDINGS = (".wav",)
"""What `keras.utils.audio_dataset_from_directory` reads."""
OTHERS = {".mp3", ".flac", ".ogg", ".m4a", ".aiff", ".aif"}
LONGEST = 160_000
"""Values of a sound that are proposed at most: ten seconds at 16 kHz."""


def load(path: FolderPath, length: int | None = None, channels: int = 1, *, folder: Path) -> Stream:
    """Sounds in a folder for each class: `words/yes/1.wav`. The names of the folders are the classes.

    Where the folder has folders called train, val or test, these hold the classes, and are the parts. Sounds
    are WAV files of 16 bits, and read as their turn comes. Those that can't be read are named and left out.

    Args:
        path: The folder.
        length: Values of each sound: longer ones are cut, shorter ones end in silence. Without it, what the
            model takes, else the middle of the lengths.
        channels: 1 takes the first channel, 2 is stereo.
        folder: Of the document.

    Returns:
        Sounds as float32 from -1 to 1 of shape `(length, channels)`, and the number of the class of each.

    Raises:
        RequestError: With code `no_data`, where there are no classes or no sounds.
    """
    root = find_folder(path, folder)
    classes, parts = list_parts(root, ENDINGS)
    found: list[tuple[int, int, int]] = []

    def decoder(known: list[tuple[int, int, int]]) -> tuple[decoding.Decode, Adapt]:
        found.extend(known)
        proposed = length or middle([frames for frames, _, _ in known], 1, LONGEST)
        return decoding.sound_decoder(proposed, channels), adapted

    def adapted(shape: tuple[int | None, ...]) -> decoding.Decode | None:
        wanted = length or (shape[0] if shape else None)
        return None if wanted is None else decoding.sound_decoder(wanted, channels)

    stream = folder_stream(root, classes, parts, sound_shape, text("WAV sound of 16 bits"), decoder)
    rates = sorted({rate for _, _, rate in found})
    if len(rates) > 1:
        stream.notes.append(
            text(
                "The sounds have different sampling rates: {rates}. Resample them, or the same tone is "
                "different numbers.",
                rates=all_of([str(rate) for rate in rates]),
            )
        )
    if note := note_others(root, [file for part in parts.values() for file in part.others], OTHERS):
        stream.notes.append(note)
    frames = [count for count, _, _ in found]
    known: Found = {"length": f"{min(frames)} … {max(frames)}", "rate": all_of([str(rate) for rate in rates])}
    if length:
        return dataclasses.replace(stream, found=known)
    fitting = middle(frames, 1, LONGEST)
    why = text(
        "The sounds are brought to {length} values, the middle of their lengths: longer ones are cut, and "
        "shorter ones end in silence.",
        length=fitting,
    )
    return dataclasses.replace(stream, found=known, proposed={"length": fitting}, reasons=[why])


def code(path: FolderPath, length: int | None = None, channels: int = 1) -> Snippet:
    """Keras' own utility: it divides and mixes the files in another order than the editor."""
    return directory_code("audio_dataset_from_directory", path, output_sequence_length=length)
