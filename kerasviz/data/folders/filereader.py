"""Samples that lie in a file each, and are read when their turn comes."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from kerasviz.backend import decoding, pipelines
from kerasviz.data.dataset import Stream
from kerasviz.data.files.located import refused
from kerasviz.data.folders.checkedfiles import Told, checked, note_empty, note_links, note_unread
from kerasviz.data.folders.classfolders import Listing
from kerasviz.data.folders.seenfolders import SeenFolder, remember_folder
from kerasviz.data.sampleorder import SampleOrder
from kerasviz.protocol.text import text

Adapt = Callable[[tuple[int | None, ...]], decoding.Decode | None]
"""Makes the decoder that gives samples of a shape that a model takes; None where that can't be."""


class FileReader:
    """Files with the class of each, as a `Reader`.

    Args:
        files: The files.
        targets: The number of the class of each.
        decode: Makes a sample of a file.
        adapt: Finds another decoder for what a model takes.
        root: The folder that was chosen.
    """

    def __init__(
        self, files: list[str], targets: np.ndarray, decode: decoding.Decode, adapt: Adapt, root: Path
    ) -> None:
        self.files = files
        self._root = root
        self.targets = targets
        self._decode = decode
        self._adapt = adapt

    @property
    def names(self) -> list[str]:
        """The files as people know them: from the folder on."""
        return [os.path.relpath(file, self._root) for file in self.files]

    def read(self, numbers: np.ndarray) -> Any:
        """Some samples."""
        return decoding.decoded(self._decode, [self.files[number] for number in numbers])

    def part(self, numbers: np.ndarray) -> FileReader:
        """Some of the files."""
        files = [self.files[number] for number in numbers]
        return FileReader(files, self.targets[numbers], self._decode, self._adapt, self._root)

    def fitted_to(self, shape: tuple[int | None, ...]) -> FileReader:
        """The same files, read in the shape that a model takes where nobody chose another."""
        decode = self._adapt(shape)
        if decode is None:
            return self
        return FileReader(self.files, self.targets, decode, self._adapt, self._root)

    def batches(self, order: SampleOrder) -> Any:
        """A `tf.data.Dataset` that reads several files at once."""
        first, skip = order.epoch, 0
        if order.step is not None:
            begun, at = divmod(order.step, order.batches)
            first, skip = (lambda: begun), at * order.size
        read = decoding.sample_reader(self._decode, self.files, self.targets)
        return pipelines.read_in_turns(order.turn, first, skip, read, order.size, order.num_batches)


def folder_stream(
    root: Path,
    classes: list[str],
    parts: dict[str, Listing],
    check: Callable[[Path], Told | None],
    kind: str,
    decoder: Callable[[list[Told]], tuple[decoding.Decode, Adapt, Mapping[str, int]]],
    key: Hashable,
) -> Stream:
    """Makes a stream of the files of a folder.

    The order is mixed, the same way each time: `validation_split` takes the last samples.

    Args:
        root: The folder.
        classes: Their names.
        parts: The files of each part.
        check: Tells what there is to know of a file; None where it can't be read.
        kind: What a file has to be, for people.
        decoder: Makes decoders of what was told of the files that train, and proposes arguments.
        key: Under which it is remembered for code what was found out.
    """
    readable: dict[str, Listing] = {}
    known: list[Told] = []
    unread: list[Path] = []
    for part, listing in parts.items():
        told, good = checked(listing.files, check)
        if part == "training":
            known = [one for one in told if one is not None]
        unread += [file for file, one in zip(listing.files, told, strict=True) if one is None]
        files, numbers = [listing.files[at] for at in good], [listing.classes[at] for at in good]
        readable[part] = Listing(listing.root, files, numbers)
    note = note_unread(root, unread, kind)
    if not known:
        raise refused(note or text("{folder} has no files.", folder=root.name))
    decode, adapt, proposed = decoder(known)
    empty = note_empty(classes, {number for one in readable.values() for number in one.classes})
    links = [link for listing in parts.values() for link in listing.links]
    left_out = [*unread, *links]
    seen = SeenFolder(
        left_out=tuple(file.relative_to(root).as_posix() for file in left_out),
        parts={part: one.root.name for part, one in readable.items() if one.root != root and one.files},
        classes=len(classes),
        proposed=proposed,
    )
    remember_folder(key, seen)

    def reader(part: str) -> FileReader | None:
        listing = readable.get(part)
        if listing is None or not listing.files:
            return None
        order = np.random.default_rng(0).permutation(len(listing.files))
        targets = np.array(listing.classes, "int32")
        files = [str(file) for file in listing.files]
        return FileReader(files, targets, decode, adapt, root).part(order)

    training = reader("training")
    return Stream(
        name=root.name,
        batches=training,
        samples=0 if training is None else len(training.files),
        classes=len(classes),
        class_names=classes,
        notes=[one for one in (note, note_links(root, links), empty) if one is not None],
        validation=reader("validation"),
        test=reader("test"),
        proposed=proposed,
    )
