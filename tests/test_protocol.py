"""The frame of messages, and numbers that JSON has no word for."""

import json
import math
import subprocess
import sys
from typing import get_type_hints

import pytest
from jupyter_client.session import json_packer

from kerasviz.kernel.requests import REQUESTS
from kerasviz.protocol import RequestError, encode, parse_request, typescript
from kerasviz.protocol.requests import Requests


def test_numbers_that_are_not_finite_become_none():
    message = {"y": [0.5, math.nan, -math.inf], "shape": (None, 3), "deep": {"z": math.inf}}
    assert encode(message) == {"y": [0.5, None, None], "shape": [None, 3], "deep": {"z": None}}
    json.dumps(encode(message), allow_nan=False)


def test_half_of_a_character_does_not_keep_a_message_from_being_sent():
    message = {"nodes": {"a\ud800:0": ["\udc80", "größe \u2028 \U0001f600"]}}
    assert encode(message) == {"nodes": {"a\ufffd:0": ["\ufffd", "größe \u2028 \U0001f600"]}}
    json_packer(encode(message))


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (None, "bad_request"),
        ([], "bad_request"),
        ({}, "version"),
        ({"version": 2, "id": "1", "type": "hello", "payload": {}}, "version"),
        ({"version": 1, "id": 1, "type": "hello", "payload": {}}, "bad_request"),
        ({"version": 1, "id": "1", "type": None, "payload": {}}, "bad_request"),
        ({"version": 1, "id": "1", "type": "hello", "payload": []}, "bad_request"),
    ],
)
def test_what_is_no_request_is_refused(message, code):
    with pytest.raises(RequestError) as refused:
        parse_request(message)
    assert refused.value.error["code"] == code


def test_a_request_passes_unchanged():
    request = {"version": 1, "id": "1", "type": "hello", "payload": {"document": "a"}}
    assert parse_request(request) == request


def test_typescript_has_the_same_types():
    assert typescript.differing() == []


def test_a_difference_is_found(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(typescript, "TARGET", tmp_path)
    assert typescript.main([]) == 0
    assert typescript.main(["--check"]) == 0
    run = tmp_path / "run.ts"
    run.write_text(run.read_text().replace("epochs: number", "epochs: string"))
    (tmp_path / "more.ts").touch()
    assert typescript.main(["--check"]) == 1
    assert "more.ts, run.ts" in capsys.readouterr().err


def test_a_type_is_written_with_its_documentation():
    text = typescript.texts()["run.ts"]
    assert "/** Points of one curve. */\nexport interface ISeries {\n  x: number[];\n" in text
    assert "  /** Null where the value was not a finite number. */\n  y: (number | null)[];\n" in text
    assert "  value?: number;\n" in text
    assert "  notes: Sentence[];\n" in text


def test_what_typescript_has_no_word_for_is_refused():
    with pytest.raises(TypeError, match="no word for"):
        typescript.Module("run")._type(set[int])


def test_every_request_has_a_handler():
    assert get_type_hints(Requests).keys() == REQUESTS.keys()


def test_the_protocol_needs_nothing_of_kerasviz():
    code = "import sys, kerasviz.protocol.requests as r; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    others = [name for name in told.stdout.split() if not name.startswith("kerasviz.protocol")]
    assert [name for name in others if name.startswith("kerasviz.")] in ([], ["kerasviz._version"])
