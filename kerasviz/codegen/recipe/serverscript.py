"""The script of a server that answers with predictions, and the Dockerfile of its container."""

from __future__ import annotations

import re

from kerasviz.writing.expressions import literal

_SCRIPT = '''"""Answers with the predictions of NAME.onnx.

Save the model as NAME.onnx and this file as serve.py beside it. Then, in a shell:

    pip install numpy onnxruntime
    python serve.py
    curl http://localhost:8000

The answer has the name, shape and dtype of each input. Give one list of samples for each to get predictions:

    curl http://localhost:8000 -d '{"INPUT": [...]}'

In a container: save these lines as Dockerfile, then `docker build -t SERVER .` and
`docker run -p 8000:8000 SERVER`.

    FROM python:3.12-slim
    RUN pip install --no-cache-dir numpy onnxruntime
    WORKDIR /app
    COPY serve.py NAME.onnx ./
    ENV HOST=0.0.0.0
    USER nobody
    EXPOSE 8000
    CMD ["python", "serve.py"]

It has neither encryption nor passwords: put a proxy that has before it, where others can reach it.
"""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import onnxruntime

MOST_BYTES = 10_000_000
DTYPES = {"float": "float32", "double": "float64", "string": "object"}
session = onnxruntime.InferenceSession(FILE)


def dtype(tensor):
    name = tensor.type.removeprefix("tensor(").removesuffix(")")
    return DTYPES.get(name, name)


class Predictions(BaseHTTPRequestHandler):
    def do_GET(self):
        inputs = session.get_inputs()
        self.answer(200, {each.name: {"shape": each.shape, "dtype": dtype(each)} for each in inputs})

    def do_POST(self):
        size = int(self.headers.get("Content-Length") or 0)
        if size > MOST_BYTES:
            self.answer(413, {"error": f"more than {MOST_BYTES} bytes"})
            return
        try:
            given = json.loads(self.rfile.read(size))
            inputs = {each.name: np.array(given[each.name], dtype(each)) for each in session.get_inputs()}
            outputs = session.run(None, inputs)
        except Exception as error:
            self.answer(400, {"error": f"{type(error).__name__}: {error}"})
            return
        names = [each.name.removesuffix(":0") for each in session.get_outputs()]
        self.answer(200, {name: value.tolist() for name, value in zip(names, outputs, strict=True)})

    def answer(self, status, content):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    address = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    with ThreadingHTTPServer(address, Predictions) as server:
        print(f"http://{address[0]}:{server.server_port}", flush=True)
        server.serve_forever()
'''


def write_server(variable: str, first_input: str) -> str:
    """Writes a server of an exported model that needs NumPy and ONNX Runtime alone.

    Args:
        variable: The name of the model, an identifier, which is that of its ONNX file.
        first_input: The name of an input, for an example.

    Returns:
        Python source. What it serves is read off the ONNX file.
    """
    values = {
        "NAME": variable,
        "INPUT": first_input if first_input.isidentifier() else "input",
        "SERVER": variable.lower().strip("_") or "model",
        "FILE": literal(f"{variable}.onnx"),
    }
    return re.sub(r"\b(NAME|INPUT|SERVER|FILE)\b", lambda found: values[found[1]], _SCRIPT)
