"""A fix that is offered removes its mistake from the whole model, and brings no new one."""

import random
from collections import Counter

import pytest
from mistakes_models import SPARSE, chain, dense, image, net, source
from mistakes_table import TABLE

from kerasviz.analysis.mistakes import apply_fix
from kerasviz.analysis.wholemodel import analyze, explained

KINDS = (
    "Dense",
    "Conv2D",
    "Conv1D",
    "LSTM",
    "Flatten",
    "MaxPooling2D",
    "Reshape",
    "Embedding",
    "Add",
    "Concatenate",
)
VALUES = {
    "Dense": [{"units": 4}, {"units": -1}, {}, {"units": 3, "activation": "rellu"}],
    "Conv2D": [{"filters": 2, "kernel_size": 3}, {"filters": 2, "kernel_size": 20}],
    "Conv1D": [{"filters": 2, "kernel_size": 3}, {"filters": 2}],
    "LSTM": [{"units": 3}, {"units": 3, "return_sequences": True}],
    "MaxPooling2D": [{}, {"pool_size": 9}, {"strides": 0}],
    "Reshape": [{"target_shape": [2, -1]}, {"target_shape": [7]}],
    "Embedding": [{"input_dim": 9, "output_dim": 2}],
    "Concatenate": [{}, {"axis": 1}],
}
SHAPES = [(4,), (8, 8, 1), (6, 2), (8,)]
HEADS = [None, SPARSE, "binary_crossentropy", "mse"]
DATA = [None, "digits", "iris", "breast_cancer", "diabetes"]


def random_model(seed):
    """A graph of a few layers, most of them wrong."""
    draw = random.Random(seed)
    nodes = [source("x", *draw.choice(SHAPES))]
    for number in range(draw.randint(1, 5)):
        kind, names = draw.choice(KINDS), [node[0] for node in nodes]
        taken = names[-1] if kind not in ("Add", "Concatenate") else [names[-1], draw.choice(names)]
        nodes.append((f"n{number}", kind, taken, draw.choice(VALUES.get(kind, [{}]))))
    return net(*nodes, loss=draw.choice(HEADS), data=draw.choice(DATA))


def faults(model):
    snapshot, of_nodes, of_model = explained(model)
    found = Counter(("node", error["layer"]) for error in of_nodes)
    found += Counter((error["code"], error["layer"]) for error in of_model)
    unknown = {node[0] for node, state in snapshot.states.items() if state.outcome is None}
    offered = [(("node", e["layer"]), e) for e in of_nodes] + [((e["code"], e["layer"]), e) for e in of_model]
    return found, unknown, [(fault, error["fix"]) for fault, error in offered if error["fix"]]


def about(layer, found):
    return sum(count for fault, count in found.items() if fault[1] == layer)


def check(model):
    """Tries every fix that is offered for a model."""
    before, unknown, offered = faults(model)
    for fault, fix in offered:
        after, _, left = faults(apply_fix(model, fix))
        new = {each for each in after - before if each[1] not in unknown}
        for (
            each
        ) in new:  # another mistake of a layer may have stood before this one, but not of the fixed layer
            assert each[1] != fault[1] and about(each[1], after) <= about(each[1], before), (
                fix["title"],
                new,
            )
        # Of two mistakes in a layer, the second one has a fix, too.
        assert after[fault] < before[fault] or any(other == fault for other, _ in left), fix["title"]


@pytest.mark.parametrize("kind", TABLE)
def test_what_is_offered_for_a_kind_of_mistake_brings_no_new_one(kind):
    check(TABLE[kind][0])


@pytest.mark.parametrize("seed", range(60))
def test_what_is_offered_for_any_graph_brings_no_new_mistake(seed):
    check(random_model(seed))


def test_each_of_two_equal_mistakes_is_fixed():
    model = chain(image(4), dense(1), loss="mse", metrics=["acuracy", "mean_absolut_error"])
    for _ in range(2):
        _, _, errors = explained(model)
        model = apply_fix(model, errors[0]["fix"])
    assert explained(model)[2] == []
    assert model["compile_config"]["metrics"] == ["accuracy", "mean_absolute_error"]


def shared_call_without_input():
    model = net(
        source("x", 4), ("hidden", "Dense", "x", {"units": 3}), ("out", "Dense", "hidden", {"units": 1})
    )
    model["config"]["layers"][1]["inbound_nodes"].append({"args": [], "kwargs": {}})
    return model


def test_the_fix_of_a_shared_layers_call_removes_that_call_only():
    model = shared_call_without_input()
    (error,) = [e for e in analyze(model).errors if e.layer == "hidden"]
    assert error.fix["title"] == "Remove this call of 'hidden'"
    fixed = apply_fix(model, error.fix)
    assert [x["config"]["name"] for x in fixed["config"]["layers"]] == ["x", "hidden", "out"]
    assert len(fixed["config"]["layers"][1]["inbound_nodes"]) == 1
    assert analyze(fixed).errors == []


def test_a_call_that_others_use_is_replaced_by_what_it_was_given():
    model = net(
        source("x", 3),
        ("sum", "Add", "x", {}),
        ("out", "Dense", "sum", {"units": 1}),
    )
    fixed = apply_fix(model, analyze(model).errors[0].fix)
    out = fixed["config"]["layers"][1]["inbound_nodes"][0]["args"][0]["config"]["keras_history"]
    assert out == ["x", 0, 0] and analyze(fixed).errors == []
