"""Data set of Keras."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from kerasviz.backend.installed import datasets_of_keras
from kerasviz.data.dataset import Data
from kerasviz.data.files.located import refused
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import call, lay_out, literal
from kerasviz.writing.snippet import Snippet

NAMES = datasets_of_keras()
"""The data sets of the installed Keras."""

if TYPE_CHECKING:
    Name = str
else:
    Name = Literal[NAMES]


def load(name: Name, words: int = 10_000, length: int = 200, scaled: bool = True) -> Data:
    """Images, texts and tables that Keras has links to: they are downloaded once, into the folder of Keras.

    Args:
        name: Which of them. mnist: digits. fashion_mnist: clothes. cifar10 and cifar100: small photos. imdb:
            reviews, good or bad. reuters: topics of news. boston_housing and california_housing: prices.
        words: Of texts: how many of the most frequent words are told apart.
        length: Of texts: words of each; longer ones lose their beginning, shorter ones are filled up with 0.
        scaled: Of images: from 0 to 1 in place of 0 to 255.

    Returns:
        What trains, and Keras' part for the test.

    Raises:
        RequestError: With code `no_data`, where there is no such set, or it can't be downloaded.
    """
    if name not in NAMES:
        raise refused(text("Keras has no data set {name}. Choose one of the list.", name=repr(name)))
    import keras

    module = getattr(keras.datasets, name)
    known = inspect.signature(module.load_data).parameters
    try:
        train, test = module.load_data(**({"num_words": words} if "num_words" in known else {}))
    except Exception as error:
        raise _not_there(name, error) from None
    training, held_out = (_data(name, part, length, scaled=scaled) for part in (train, test))
    classes = None if training.y.dtype.kind == "f" else int(training.y.max()) + 1
    parts = {"classes": classes}
    return Data(**{**vars(training), **parts, "test": Data(**{**vars(held_out), **parts})})


def code(name: Name, words: int, length: int, scaled: bool) -> Snippet:
    """The same numbers."""
    if name not in NAMES:
        raise refused(text("Keras has no data set {name}. Choose one of the list.", name=repr(name)))
    import keras

    known = inspect.signature(getattr(keras.datasets, name).load_data).parameters
    given = {"num_words": literal(words)} if "num_words" in known else {}
    lines = lay_out(call(f"keras.datasets.{name}.load_data", **given), "(x, y), (x_test, y_test) = ")
    for x in ("x", "x_test"):
        if given:
            lines += lay_out(call("keras.utils.pad_sequences", x, maxlen=literal(length)), f"{x} = ")
        else:
            scale = " / 255" if scaled else ""
            lines += [f'{x} = {x}.astype("float32"){scale}']
    if "test_split" not in known or given:
        lines += ["y, y_test = y.reshape(-1), y_test.reshape(-1)"]
    return Snippet(tuple(lines), ("import keras",), {"x": "x", "y": "y"})


def _data(name: str, part: tuple[Any, Any], length: int, *, scaled: bool) -> Data:
    x, y = part
    if x.dtype.kind == "O":
        import keras

        x = keras.utils.pad_sequences(x, maxlen=length)
    elif x.dtype == "uint8" and scaled:
        x = x.astype("float32") / 255
    elif x.dtype.kind == "f":
        x = x.astype("float32")
    y = np.asarray(y).reshape(-1)
    return Data(name=name, x=x, y=y.astype("float32" if y.dtype.kind == "f" else "int32"))


def _not_there(name: str, error: Exception) -> Exception:
    """Says which file is missing, from where it comes, and where it has to be."""
    found = _asked_for(error.__traceback__)
    if found is None or "URL fetch failure" not in str(error):
        return refused(text("The data set {name} can't be read.", name=name), str(error))
    return refused(
        text(
            "{name} can't be downloaded: there is no connection to {origin}. Download that address "
            "elsewhere, and put the file here as {file}.",
            name=name,
            origin=str(found["origin"]),
            file=str(found["download_target"]),
        ),
        str(error),
    )


def _asked_for(trace: TracebackType | None) -> Mapping[str, Any] | None:
    """What Keras was about to download, and to which place, in the frame that failed."""
    while trace is not None:
        told = trace.tb_frame.f_locals
        if "download_target" in told and "origin" in told:
            return told
        trace = trace.tb_next
    return None
