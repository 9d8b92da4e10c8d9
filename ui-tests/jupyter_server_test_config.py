"""The JupyterLab that the browser tests drive. Never for real use: it has no password."""

import json
import os
import sys
import tempfile
from pathlib import Path

from jupyterlab.galata import configure_jupyter_server

c = get_config()  # type: ignore[name-defined]  # noqa: F821

configure_jupyter_server(c)

c.ServerApp.allow_root = True
c.ServerApp.port = int(os.environ["KERASVIZ_TEST_PORT"])
c.JupyterNotebookApp.expose_app_in_browser = True

# Runs take turns with those of this test alone.
os.environ["KERASVIZ_QUEUE"] = tempfile.mkdtemp(prefix="kerasviz-queue-")

# A language in which every string of kerasviz shows that it was translated.
sys.path.append("../tests")
from pseudolocale import write_pack  # noqa: E402

sys.path.append(tempfile.mkdtemp(prefix="kerasviz-language-pack-"))
write_pack(Path(sys.path[-1]))

# A kernel in which kerasviz can't be imported, as in an environment that lacks it.
bare = Path(tempfile.mkdtemp(prefix="kerasviz-bare-kernel-"))
(bare / "kernels" / "bare").mkdir(parents=True)
START = """
import sys
sys.modules["kerasviz"] = None
from ipykernel.kernelapp import launch_new_instance
launch_new_instance()
"""
(bare / "kernels" / "bare" / "kernel.json").write_text(
    json.dumps(
        {
            "argv": [sys.executable, "-c", START, "-f", "{connection_file}"],
            "display_name": "Bare Python",
            "language": "python",
        }
    )
)
os.environ["JUPYTER_PATH"] = os.pathsep.join([str(bare), *filter(None, [os.environ.get("JUPYTER_PATH")])])
