"""The command `kerasviz`."""

import argparse
import json
import sys

from kerasviz.config.errors import ModelFileError


def main(arguments: list[str] | None = None) -> int:
    """Runs the command.

    Args:
        arguments: Words after `kerasviz`, or None for those of this process.

    Returns:
        The exit status: 0, or 1 when a file is refused.
    """
    parser = argparse.ArgumentParser(prog="kerasviz", description="Keras model files of any age.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    document = commands.add_parser("document", help="print a file's config and what was changed, as JSON")
    document.add_argument("file")
    document.set_defaults(run=_document)
    given = parser.parse_args(arguments)
    return int(given.run(given))


def _document(given: argparse.Namespace) -> int:
    from kerasviz.storage import read_document

    try:
        config, report = read_document(given.file)
    except (ModelFileError, OSError) as error:
        layer, reason = getattr(error, "layer", None), getattr(error, "reason", str(error))
        told = {"code": "model_file", "layer": layer, "message": reason, "detail": None, "fix": None}
        print(json.dumps({"error": told}))
        return 1
    print(json.dumps({"document": config, "report": report}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
