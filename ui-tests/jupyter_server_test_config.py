"""The JupyterLab that the browser tests drive. Never for real use: it has no password."""

import os

from jupyterlab.galata import configure_jupyter_server

c = get_config()  # type: ignore[name-defined]  # noqa: F821

configure_jupyter_server(c)

c.ServerApp.allow_root = True
c.ServerApp.port = int(os.environ["KERASVIZ_TEST_PORT"])
c.JupyterNotebookApp.expose_app_in_browser = True
