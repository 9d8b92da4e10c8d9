"""Opens model files in a process in which everything that Python does to the outside is noted.

Run by test_nothing_runs.py as a script; prints the events that opening files must not cause, as JSON.
"""

import json
import os
import socket
import sys
import tempfile

FOLDERS_OF_PYTHON = tuple(
    os.path.realpath(path) for path in {sys.prefix, sys.base_prefix, os.path.dirname(os.__file__), *sys.path}
)
WATCHED = tuple("open import exec compile socket subprocess os. shutil urllib pickle marshal ctypes".split())
HARMLESS = {"os.listdir", "os.scandir", "os.putenv", "ctypes.string_at", "ctypes.addressof", "ctypes.cdata"}


def main(warm: list[str], paths: list[str]) -> None:
    import keras
    from keras.src.saving.serialization_lib import in_safe_mode

    from kerasviz.config import ModelFileError
    from kerasviz.storage import load, read_config

    def attempt(path: str) -> None:
        for action in (read_config, load):
            try:
                action(path)
            except ModelFileError:
                pass

    for path in warm:
        attempt(path)  # imports what is imported late
    seen: list[str] = []
    now = {"path": "", "on": False}

    def hook(event: str, arguments: tuple) -> None:
        if not now["on"] or not event.startswith(WATCHED) or event in HARMLESS:
            return
        if event == "open":
            path = arguments[0]
            if isinstance(path, int) or os.path.realpath(str(path)) == now["path"]:
                return
            found = os.path.realpath(str(path))
            if found.startswith((os.devnull, *FOLDERS_OF_PYTHON)):
                return
        if event == "subprocess.Popen" and any(
            child in str(word)
            for word in arguments[1]
            for child in ("hdf5_child.py", "kerasviz.config.trialchild")
        ):
            return
        if event in ("os.posix_spawn", "os.fork", "os.exec", "os.kill"):
            return  # part of the Popen above, and the end of that child
        if event in ("compile", "exec"):
            name = getattr(arguments[0], "co_filename", arguments[-1])
            if str(name).startswith("<") or os.path.realpath(str(name)).startswith(FOLDERS_OF_PYTHON):
                return
        if event == "import" and arguments[0].split(".")[0] in sys.modules:
            return
        seen.append(f"{os.path.basename(now['path'])}: {event} {str(arguments)[:200]}")

    def refused(*arguments: object, **named: object) -> None:
        seen.append(f"{os.path.basename(now['path'])}: a socket")
        raise OSError("no network here")

    socket.socket = refused  # type: ignore[assignment, misc]
    sys.addaudithook(hook)
    before = keras.config.floatx()
    for path in paths:
        now["path"], now["on"] = os.path.realpath(path), True
        attempt(path)
        now["on"] = False
    if keras.config.floatx() != before or in_safe_mode() is not None:
        seen.append("global settings were changed")
    print(json.dumps(seen))


if __name__ == "__main__":
    os.chdir(tempfile.gettempdir())
    main(sys.argv[1:4], sys.argv[4:])
