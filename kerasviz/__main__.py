"""The command `kerasviz`: model files of any age and data, without Jupyter."""

import argparse
import json
import os
import sys
from collections.abc import Callable

from kerasviz.config.budget import without_cells
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol import encode
from kerasviz.protocol.text import sentence_of, text

_KERAS = 2**32
"""Bytes of addresses that a backend of Keras may reserve when it is imported."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the command.

    Args:
        arguments: Words after `kerasviz`, or None for those of this process.

    Returns:
        The exit status: 0, or 1 when a file is refused.
    """
    # What Keras and TensorFlow say while they start is not about the user's files.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    given = _parser().parse_args(arguments)
    with without_cells():
        return int(given.run(given))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kerasviz", description=text("Keras model files of any age."))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], says: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=says, description=says)
        found.set_defaults(run=run)
        return found

    check = command(
        "check",
        _check,
        text(
            "Check whether each file loads, and print its layers and parameters: weights-only for a file "
            "without a model, parameters=unknown for a model without the shape of its input."
        ),
    )
    check.add_argument("files", nargs="+", metavar="FILE")
    convert = command("convert", _convert, text("Write a model file in another format, for today's Keras."))
    convert.add_argument("source", metavar="SRC")
    convert.add_argument(
        "target",
        metavar="DST",
        help=text(
            "its end chooses the format: .keras, .h5, .weights.h5, .json, .yaml, .onnx, .tflite, .pt2, or "
            "_openvino_model for a folder"
        ),
    )
    convert.add_argument("--weights", metavar="FILE", help=text("take the weights from this file"))
    code = command("code", _code, text("Print Python code that makes the model."))
    code.add_argument("file", metavar="FILE")
    code.add_argument(
        "--recipe",
        choices=("fit", "loop", "batch", "tensorflow", "jax", "torch", "serve"),
        help=text(
            "print the whole script that trains it, too: with fit, with a loop of its own (that of one "
            "backend, or of the one in use), or with train_on_batch; or that of a server of the predictions "
            "of its ONNX file"
        ),
    )
    train = command(
        "train",
        _train,
        text("Train a document with its plan. The run is kept in a folder that the editor finds."),
    )
    train.add_argument("file", metavar="FILE")
    train.add_argument(
        "--run", dest="folder", metavar="DIR", help=text("keep the run here, not in runs/ beside the file")
    )
    train.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help=text("an argument of fit, or e.g. optimizer.learning_rate, in place of that in the document"),
    )
    train.add_argument(
        "--start",
        choices=["trained", "fresh", "backup"],
        default="trained",
        help=text("begin with the weights of the document, with new ones, or where a killed run has come to"),
    )
    preview = command(
        "preview",
        _preview,
        text("Print what is in a file or folder of data, and what should be asked about it before training."),
    )
    preview.add_argument("path", metavar="PATH")
    preview.add_argument("--json", action="store_true", help=text("print it as JSON"))
    preview.add_argument(
        "--target", metavar="COLUMN", action="append", help=text("the column that is to be learned")
    )
    document = command(
        "document", _document, text("Print the config of a file, and what was changed in it, as JSON.")
    )
    document.add_argument("file", metavar="FILE")
    return parser


def _check(given: argparse.Namespace) -> int:
    from kerasviz.storage import inspect_file

    refused = 0
    for path in given.files:
        try:
            found = inspect_file(path)
        except (ModelFileError, OSError) as error:
            refused += 1
            print(_refused(path, error), flush=True)
        else:
            layers = "weights-only" if found.layers is None else f"layers={found.layers}"
            parameters = "unknown" if found.parameters is None else found.parameters
            print(f"ok {_line(path)} {layers} parameters={parameters} from=keras-{found.version}", flush=True)
    return 1 if refused else 0


def _convert(given: argparse.Namespace) -> int:
    from kerasviz.storage import convert_file

    try:
        report = convert_file(given.source, given.target, given.weights)
    except (ModelFileError, OSError, ValueError) as error:
        print(_refused(given.source, error), file=sys.stderr)
        return 1
    for sentence in report:
        print(_line(sentence))
    return 0


def _code(given: argparse.Namespace) -> int:
    from kerasviz.codegen import to_code
    from kerasviz.storage import read_config
    from kerasviz.training.plan import model_name_of

    try:
        document = read_config(given.file)
        name = model_name_of(document, "model") if given.recipe else "model"
        print(to_code(document, name, recipe=given.recipe), end="")
    except (ModelFileError, OSError, ValueError) as error:
        print(_refused(given.file, error), file=sys.stderr)
        return 1
    return 0


def _train(given: argparse.Namespace) -> int:
    """Trains; a run that was interrupted is kept, and the exit status is that of a program so ended."""
    from kerasviz.execution.commandline import train

    try:
        return train(given.file, given.folder, given.set, given.start)
    except Exception as error:
        print(_refused(given.file, error), file=sys.stderr)
        return 1


def _preview(given: argparse.Namespace) -> int:
    from kerasviz.data.preview import preview

    try:
        look = preview(given.path, target=given.target)
    except (ValueError, OSError) as error:
        print(_refused(given.path, error), file=sys.stderr)
        return 1
    print(json.dumps(look.to_dict(), ensure_ascii=False) if given.json else look)
    return 0


def _document(given: argparse.Namespace) -> int:
    """Reads a file that nobody looked at, for Jupyter's server: within the budget."""
    from kerasviz.config.budget import READING, budget, most
    from kerasviz.config.memorylimit import limit_memory, limit_time
    from kerasviz.storage import read_document

    limit_memory(budget().bytes + _KERAS)
    limit_time(most(READING, "seconds"))
    try:
        config, report = read_document(given.file)
    except (ModelFileError, OSError) as error:
        told = {"layer": getattr(error, "layer", None), "message": encode(_reason(error))}
        print(json.dumps({"error": told}))
        return 1
    print(json.dumps({"document": config, "report": encode(report)}))
    return 0


def _refused(path: str, error: Exception) -> str:
    return f"refused {_line(path)}: {_line(_reason(error))}"


def _reason(error: Exception) -> str:
    return error.where if isinstance(error, ModelFileError) else sentence_of(error)


def _line(sentence: str) -> str:
    """Puts a sentence on one line, with characters that can't be printed as escapes."""
    joined = " ".join(sentence.split())
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in joined)


if __name__ == "__main__":
    sys.exit(main())
