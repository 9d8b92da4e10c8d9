"""Folder of images."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, Literal

import numpy as np

from kerasviz.backend import decoding
from kerasviz.data.dataset import FolderPath, Found, Stream
from kerasviz.data.files.located import refused
from kerasviz.data.folders.checkedfiles import note_others, picture_size
from kerasviz.data.folders.classfolders import find_folder, list_parts
from kerasviz.data.folders.filereader import Adapt, folder_stream
from kerasviz.data.folders.foldercode import folder_code, taken_shape
from kerasviz.data.folders.seenfolders import seen_folder
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import call, lay_out, literal
from kerasviz.writing.snippet import Snippet

ENDINGS = (".bmp", ".gif", ".jpeg", ".jpg", ".png")
"""What `keras.utils.image_dataset_from_directory` reads."""
OTHERS = {".webp", ".heic", ".tif", ".tiff", ".avif", ".jfif"}
CHANNELS = {"grayscale": 1, "rgb": 3, "rgba": 4}
LONGEST = 128
"""Sides of proposed sizes are no longer: shapes are seen, and a network trains in minutes without a GPU."""
EVEN = 8
"""Proposed sides are multiples of it, where they are longer than a few: they can be halved three times."""

ColorMode = Literal["grayscale", "rgb", "rgba"]
Interpolation = Literal[
    "bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"
]


def load(
    path: FolderPath,
    height: int | None = None,
    width: int | None = None,
    color_mode: ColorMode = "rgb",
    interpolation: Interpolation = "bilinear",
    crop_to_aspect_ratio: bool = False,
    pad_to_aspect_ratio: bool = False,
    *,
    folder: Path,
) -> Stream:
    """Images in a folder for each class: `flowers/roses/1.jpg`. The names of the folders are the classes.

    Where the folder has folders called train, val or test, these hold the classes, and are the parts. Images
    are read as their turn comes, so there may be more than the memory holds. Those that can't be read are
    named and left out.

    Args:
        path: The folder.
        height: Pixels of each image, to which it is resized; without it, what the model takes.
        width: Pixels of each image, to which it is resized; without it, what the model takes.
        color_mode: `grayscale` has one channel, `rgb` three and `rgba` four, the last for transparency.
        interpolation: How an image is resized.
        crop_to_aspect_ratio: Keep the proportions and cut off what is too much.
        pad_to_aspect_ratio: Keep the proportions and fill up with black.
        folder: Of the document.

    Returns:
        Images as float32 from 0 to 255, and the number of the class of each.

    Raises:
        RequestError: With code `no_data`, where there are no classes or no images.
    """
    if crop_to_aspect_ratio and pad_to_aspect_ratio:
        raise refused(text("An image is either cropped or padded. Choose one of the two."))
    root = find_folder(path, folder)
    classes, parts = list_parts(root, ENDINGS)
    sizes: list[tuple[int, int]] = []
    proposed: list[int] = []

    def decode(size: tuple[int, int]) -> decoding.Decode:
        return decoding.picture_decoder(
            size,
            CHANNELS[color_mode],
            interpolation,
            crop=crop_to_aspect_ratio,
            pad=pad_to_aspect_ratio,
        )

    def decoder(known: list[tuple[int, int]]) -> tuple[decoding.Decode, Adapt, dict[str, int]]:
        sizes.extend(known)
        proposed.extend(_proposed(known, height, width))
        size = {} if height and width else {"height": proposed[0], "width": proposed[1]}
        return decode((proposed[0], proposed[1])), adapted, size

    def adapted(shape: tuple[int | None, ...]) -> decoding.Decode | None:
        if len(shape) != 3:
            return None
        wanted = height or shape[0] or proposed[0], width or shape[1] or proposed[1]
        return decode(wanted)

    channels = CHANNELS[color_mode]
    kind = text("an image") if channels == 3 else text("an image in {mode}", mode=color_mode)
    stream = folder_stream(
        root,
        classes,
        parts,
        lambda file: picture_size(file, channels),
        kind,
        decoder,
        _key(path, folder, color_mode),
    )
    if note := note_others(root, [file for part in parts.values() for file in part.others], OTHERS):
        stream.notes.append(note)
    found: Found = {"height": _between(sizes, 0), "width": _between(sizes, 1)}
    if height and width:
        return dataclasses.replace(stream, found=found)
    why = text(
        "The images are resized to {height} by {width}: about the proportions of most, large enough to see "
        "shapes, and small enough to train soon. A pretrained network has a size of its own.",
        height=proposed[0],
        width=proposed[1],
    )
    return dataclasses.replace(stream, found=found, reasons=[why])


def code(
    path: FolderPath,
    height: int | None,
    width: int | None,
    color_mode: ColorMode,
    interpolation: Interpolation,
    crop_to_aspect_ratio: bool,
    pad_to_aspect_ratio: bool,
    *,
    model: Any,
    folder: Path,
) -> Snippet:
    """Lists and reads the files as `load` does, in the size that the model takes."""
    known = seen_folder(_key(path, folder, color_mode))
    taken = taken_shape(model, 3)
    size = (
        height or taken[0] or known.proposed.get("height", LONGEST),
        width or taken[1] or known.proposed.get("width", LONGEST),
    )
    pair = f"({size[0]}, {size[1]})"
    method = {} if interpolation == "bilinear" else {"interpolation": literal(interpolation)}
    if crop_to_aspect_ratio:
        numbers = 'tf.cast(picture, "float32")'  # JAX and PyTorch would round those of bytes
        way = call("keras.preprocessing.image.smart_resize", numbers, pair, **method)
    else:
        function = "tf.image.resize_with_pad" if pad_to_aspect_ratio else "tf.image.resize"
        lengths = [literal(length) for length in size] if pad_to_aspect_ratio else [pair]
        way = call(function, "picture", *lengths, **({"method": literal(interpolation)} if method else {}))
    decoded = call(
        "tf.io.decode_image",
        "tf.io.read_file(file)",
        channels=literal(CHANNELS[color_mode]),
        expand_animations="False",
    )
    read = [
        "def read(files):",
        '    """Pictures as numbers from 0 to 255."""',
        "    pictures = []",
        "    for file in files:",
        *lay_out(decoded, "picture = ", indent=8),
        *lay_out(way, "picture = ", indent=8),
        "        pictures.append(picture)",
        '    return np.stack(pictures).astype("float32")',
    ]
    needed = ("import keras", "import tensorflow as tf")
    return folder_code(path, ENDINGS, known, read, needed)


def _key(path: str, folder: Path, color_mode: str) -> tuple[object, ...]:
    return "images", folder, path, color_mode


def _proposed(sizes: list[tuple[int, int]], height: int | None, width: int | None) -> tuple[int, int]:
    """What suits the images: the middle of their sizes, and no longer than networks are made for."""
    if height and width:
        return height, width
    middle = np.median(np.array(sizes, dtype=float), axis=0)
    scaled = middle * min(1.0, LONGEST / middle.max())
    found = [_even(float(length)) for length in scaled]
    return height or found[0], width or found[1]


def _even(length: float) -> int:
    return max(1, round(length)) if length < 4 * EVEN else EVEN * round(length / EVEN)


def _between(sizes: list[tuple[int, int]], axis: int) -> str:
    """The smallest and the largest height or width, in pixels."""
    low, high = min(size[axis] for size in sizes), max(size[axis] for size in sizes)
    return str(low) if low == high else f"{low} … {high}"
