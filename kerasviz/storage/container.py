"""A model file on disk: its format, and where its parts are."""

import contextlib
import os
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from kerasviz.config.budget import most, way_on
from kerasviz.config.malformed import is_malformed
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.parsing import MAX_TEXT_BYTES, parse_json
from kerasviz.config.yaml_text import is_json, parse_text
from kerasviz.protocol.text import text
from kerasviz.storage.hdf5 import HDF5File
from kerasviz.storage.nomodel import (
    HEAD_BYTES,
    said_of_folder,
    said_of_head,
    said_of_json,
    said_of_members,
    said_of_name,
)

HDF5_MAGIC = b"\x89HDF\r\n\x1a\n"
ZIP_MAGIC = b"PK\x03\x04"
WEIGHTS = "model.weights.h5"
MAX_RATIO = 100
MAX_DIRECTORY_BYTES = 2**20
MAX_METADATA_BYTES = 2**20
MAX_ASSETS = 1000
MAX_ASSET_BYTES = 2**27


@dataclass
class Container:
    """An open model file.

    Attributes:
        kind: `json`, `yaml`, `keras` or `h5`, found by the file's first bytes and not by its name.
        config: The config in the file, or None when the file contains only weights.
        weights: The HDF5 file with the weights, or None.
        training: The `training_config` of a `.h5` file, or None.
        version: The version of Keras that wrote the file, or None when it does not say.
    """

    kind: str
    config: Any = None
    weights: HDF5File | None = None
    training: Any = None
    version: str | None = None
    assets: dict[str, bytes] = field(default_factory=dict)

    def need_weights(self) -> HDF5File:
        """Returns the HDF5 file with the weights.

        Raises:
            ModelFileError: Where there is none.
        """
        if self.weights is not None:
            return self.weights
        if self.kind in ("json", "yaml"):
            raise ModelFileError(text("Expected weights, but this is a text file, which has none."))
        raise ModelFileError(text("Expected weights, but the file contains only a config."))


@contextlib.contextmanager
def open_container(path: str | os.PathLike[str]) -> Iterator[Container]:
    """Opens a model file and reads its config; weights are read when they are asked for.

    Args:
        path: A file on this machine.

    Raises:
        ModelFileError: When it is no model file, is damaged, or exceeds a limit.
        FileNotFoundError: When there is none.
    """
    name = Path(path).name
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(open_regular(path))
        except ModelFileError as error:
            error.file = name
            raise
        try:
            yield _read(file, name, stack)
        except ModelFileError as error:
            error.file = error.file or name
            raise
        except MemoryError as error:
            reason = text(
                "Reading it takes more memory than there is, or than is allowed. {way_on}",
                way_on=way_on("gigabytes", 4),
            )
            raise ModelFileError(reason, file=name) from error
        except Exception as error:  # of many kinds, when a file is damaged
            if is_malformed(error):
                damaged = text("It can't be read: it is damaged, or not as Keras writes it. Save it again.")
                raise ModelFileError(damaged, file=name) from error
            told = f"{type(error).__name__}: {error}"
            raise ModelFileError(text("It can't be read: {error}", error=told), file=name) from error


def _read(file: IO[bytes], name: str, stack: contextlib.ExitStack) -> Container:
    magic = file.read(HEAD_BYTES)
    file.seek(0)
    if magic.startswith(HDF5_MAGIC):
        return _read_hdf5(stack.enter_context(HDF5File(file, 0, os.fstat(file.fileno()).st_size)))
    if magic.startswith(ZIP_MAGIC):
        return _read_zip(file, stack)
    if magic.startswith(b"PK"):
        raise ModelFileError(text("The .keras archive is empty or cut off."))
    no_model = said_of_head(magic) or said_of_name(name)
    if no_model is not None:
        raise ModelFileError(no_model)
    return _read_text(file)


def open_regular(path: str | os.PathLike[str]) -> IO[bytes]:
    """Opens a file to read it.

    Raises:
        ModelFileError: When it is a folder, a pipe or a device.
        FileNotFoundError: When there is none.
    """
    # O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ModelFileError(said_of_folder(path))
    return os.fdopen(descriptor, "rb")


def _read_text(file: IO[bytes]) -> Container:
    data = file.read(most(MAX_TEXT_BYTES, "seconds") + 1)
    config = parse_text(data)
    no_model = said_of_json(config)
    if no_model is not None:
        raise ModelFileError(no_model)
    return Container("json" if is_json(data) else "yaml", config=config)


def _read_hdf5(weights: HDF5File) -> Container:
    root = weights.groups[""]
    version = root.get("keras_version") or weights.groups.get("model_weights", {}).get("keras_version")
    container = Container("h5", weights=weights, version=version)
    if "model_config" in root:
        container.config = parse_json(root["model_config"].encode())
    if "training_config" in root:
        container.training = parse_json(root["training_config"].encode())
    return container


def _read_zip(file: IO[bytes], stack: contextlib.ExitStack) -> Container:
    archive = stack.enter_context(open_archive(file))
    members = _members(archive, os.fstat(file.fileno()).st_size)
    if "config.json" not in members:
        raise ModelFileError(said_of_members(members))
    container = Container("keras", config=parse_json(_member(archive, members["config.json"])))
    if "metadata.json" in members:
        metadata = parse_json(_member(archive, members["metadata.json"], MAX_METADATA_BYTES))
        version = metadata.get("keras_version") if isinstance(metadata, dict) else None
        container.version = version if isinstance(version, str) else None
    assets = [info for name, info in members.items() if name.startswith("assets/")]
    size = sum(info.file_size for info in assets)
    if len(assets) > most(MAX_ASSETS, "gigabytes") or size > most(MAX_ASSET_BYTES, "gigabytes"):
        raise ModelFileError(
            text(
                "The archive contains more than the vocabularies of a model. {way_on}",
                way_on=way_on("gigabytes"),
            )
        )
    container.assets = {info.filename: _member(archive, info) for info in assets}
    if WEIGHTS in members:
        container.weights = stack.enter_context(_weights(file, archive, members[WEIGHTS], stack))
    return container


def open_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """Opens a zip archive that lists no more members than a model has; each takes memory when it is opened.

    Raises:
        ModelFileError: When it lists more, or is damaged.
    """
    try:
        end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
        longest = most(MAX_DIRECTORY_BYTES, "gigabytes")
        if end and end[zipfile._ECD_SIZE] > longest:  # type: ignore[attr-defined]
            raise ModelFileError(
                text(
                    "The directory of the archive is longer than {most} bytes. {way_on}",
                    most=f"{longest:,}",
                    way_on=way_on("gigabytes"),
                )
            )
        return zipfile.ZipFile(file)
    except ModelFileError:
        raise
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ModelFileError(text("The .keras archive is damaged: {error}.", error=str(error))) from None


def _members(archive: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    times = most(MAX_RATIO, "gigabytes")
    for info in archive.infolist():
        name, file = info.filename, repr(info.filename)
        if name in found:
            raise ModelFileError(text("The archive contains {file} twice.", file=file))
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            raise ModelFileError(text("The archive contains {file}, a path that leads out of it.", file=file))
        if info.flag_bits & 1:
            raise ModelFileError(text("{file} in the archive is encrypted.", file=file))
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ModelFileError(
                text("{file} in the archive is compressed by a method that Keras does not use.", file=file)
            )
        if info.compress_size > size:
            raise ModelFileError(text("{file} in the archive is longer than the archive.", file=file))
        if info.file_size > times * max(info.compress_size, 1000):
            raise ModelFileError(
                text(
                    "{file} in the archive would expand more than {most} times. {way_on}",
                    file=file,
                    most=times,
                    way_on=way_on("gigabytes"),
                )
            )
        if not info.is_dir():
            found[name] = info
    return found


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, usual: int = MAX_TEXT_BYTES) -> bytes:
    limit = most(usual, "seconds")
    if info.file_size > limit:
        raise ModelFileError(
            text(
                "{file} in the archive is larger than {most} bytes. {way_on}",
                file=repr(info.filename),
                most=f"{limit:,}",
                way_on=way_on("seconds", 1.25 * info.file_size / limit),
            )
        )
    try:
        return archive.read(info)
    except Exception as error:  # zipfile raises errors of many kinds on damage
        raise _damaged(info, error) from None


def _damaged(info: zipfile.ZipInfo, error: Exception) -> ModelFileError:
    return ModelFileError(
        text("{file} in the archive is damaged: {error}.", file=repr(info.filename), error=str(error))
    )


def _weights(
    file: IO[bytes], archive: zipfile.ZipFile, info: zipfile.ZipInfo, stack: contextlib.ExitStack
) -> HDF5File:
    if info.compress_type == zipfile.ZIP_STORED:
        # The name and the extra field after the header have lengths of their own there.
        file.seek(info.header_offset + 26)
        lengths = file.read(4)
        start = info.header_offset + 30 + int.from_bytes(lengths[:2], "little")
        start += int.from_bytes(lengths[2:], "little")
        return HDF5File(file, start, info.file_size)
    unpacked = stack.enter_context(tempfile.TemporaryFile())
    try:
        with archive.open(info) as member:
            while block := member.read(2**20):
                unpacked.write(block)
    except Exception as error:  # as in _member
        raise _damaged(info, error) from None
    unpacked.flush()
    return HDF5File(unpacked, 0, unpacked.tell())
