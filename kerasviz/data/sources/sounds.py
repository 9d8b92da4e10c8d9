"""Folder of sounds."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from kerasviz.backend import decoding
from kerasviz.data.dataset import FolderPath, Found, Stream
from kerasviz.data.folders.checkedfiles import middle, note_others, sound_shape
from kerasviz.data.folders.classfolders import find_folder, list_parts
from kerasviz.data.folders.filereader import Adapt, folder_stream
from kerasviz.data.folders.foldercode import folder_code, taken_shape
from kerasviz.data.folders.seenfolders import seen_folder
from kerasviz.protocol.text import all_of, text
from kerasviz.writing.expressions import call, lay_out, literal
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

    def decoder(known: list[tuple[int, int, int]]) -> tuple[decoding.Decode, Adapt, dict[str, int]]:
        found.extend(known)
        proposed = length or middle([frames for frames, _, _ in known], 1, LONGEST)
        return decoding.sound_decoder(proposed, channels), adapted, {} if length else {"length": proposed}

    def adapted(shape: tuple[int | None, ...]) -> decoding.Decode | None:
        wanted = length or (shape[0] if shape else None)
        return None if wanted is None else decoding.sound_decoder(wanted, channels)

    kind = text("WAV sound of 16 bits")
    stream = folder_stream(root, classes, parts, sound_shape, kind, decoder, ("sounds", folder, path))
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
    why = text(
        "The sounds are brought to {length} values, the middle of their lengths: longer ones are cut, and "
        "shorter ones end in silence.",
        length=stream.proposed["length"],
    )
    return dataclasses.replace(stream, found=known, reasons=[why])


def code(path: FolderPath, length: int | None, channels: int, *, model: Any, folder: Path) -> Snippet:
    """Lists and reads the files as `load` does, in the length that the model takes."""
    known = seen_folder(("sounds", folder, path))
    values = length or taken_shape(model, 2)[0] or known.proposed.get("length", -1)
    decoded = call(
        "tf.audio.decode_wav",
        "tf.io.read_file(file)",
        desired_channels=literal(channels),
        desired_samples=literal(values),
    )
    read = [
        "def read(files):",
        '    """Sounds as numbers from -1 to 1."""',
        "    sounds = []",
        "    for file in files:",
        *lay_out(decoded, "sound = ", indent=8),
        "        sounds.append(sound.audio)",
        "    return np.stack(sounds)",
    ]
    return folder_code(path, ENDINGS, known, read, ("import tensorflow as tf",))
