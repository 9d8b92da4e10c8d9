"""The frame of messages, and numbers that JSON has no word for."""

import json
import math
import re
import typing
from pathlib import Path

import pytest
from jupyter_client.session import json_packer

from kerasviz import protocol
from kerasviz.protocol import RequestError, encode, parse_request

CORE = Path(__file__).parents[1] / "src" / "core"
TYPESCRIPT = "".join((CORE / name).read_text() for name in ("protocol/index.ts", "protocol/run.ts"))
MIRRORED = {
    "IKerasError": protocol.KerasError,
    "INodeAnalysis": protocol.NodeAnalysis,
    "ITotals": protocol.Totals,
    "IRunStatus": protocol.RunStatus,
    "ISeries": protocol.Series,
    "ICurves": protocol.Curves,
    "IDevice": protocol.Device,
}


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


@pytest.mark.parametrize(("interface", "mirror"), MIRRORED.items())
def test_both_languages_have_the_same_fields(interface, mirror):
    body = re.search(rf"export interface {interface} {{(.*?)^}}", TYPESCRIPT, re.S | re.M)
    assert body, interface
    fields = re.findall(r"^  (\w+)\??:", body.group(1), re.M)
    assert set(fields) == set(typing.get_type_hints(mirror))


def test_both_languages_have_the_same_states_and_version():
    text = TYPESCRIPT
    states = re.search(r"export type RunState =(.*?);", text, re.S)
    assert states
    assert tuple(re.findall(r"'(\w+)'", states.group(1))) == typing.get_args(protocol.RunState)
    assert f"PROTOCOL_VERSION = {protocol.PROTOCOL_VERSION};" in text


def test_every_request_of_the_page_has_a_handler():
    from kerasviz.kernel.requests import REQUESTS

    body = re.search(r"export interface IRequests {(.*?)^}", TYPESCRIPT, re.S | re.M)
    assert body
    assert set(re.findall(r"^  (\w+): {", body.group(1), re.M)) == set(REQUESTS)
