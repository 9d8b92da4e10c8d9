"""What may take much memory or time is tried in another process; this one stays free, and says what to do."""

import json
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import keras
import pytest

import kerasviz
from kerasviz.config import ModelFileError
from kerasviz.config import trial as trials
from kerasviz.config.budget import OutOfTime, budget, set_budget, too_large, within
from kerasviz.config.build import build_model
from kerasviz.config.cost import may_be_large, remember_built
from kerasviz.config.fresh import fresh, is_plain
from kerasviz.config.trainingcosts import check_training_costs
from kerasviz.models.building import BuildError
from kerasviz.models.building import build_model as build_document
from kerasviz.storage import load

SCRIPT = Path(__file__).with_name("bounded.py")


def item(class_name, module="keras.layers", **config):
    return {"module": module, "class_name": class_name, "config": config, "registered_name": None}


def metric(class_name, **config):
    return item(class_name, "keras.metrics", **config)


def chain(*layers, shape=(None, 4), dtype="float32"):
    first = item("InputLayer", name="i", batch_shape=list(shape), dtype=dtype)
    return item("Sequential", "keras", name="m", layers=[first, *layers])


@pytest.fixture
def small():
    before = budget()
    yield set_budget(seconds=3, gigabytes=0.5)
    set_budget(before.seconds, before.gigabytes)


def unrolled(steps):
    x = keras.Input((2, 1))
    rnn = keras.layers.SimpleRNN(1, unroll=True, name="it")
    state = keras.layers.Dense(1, name="state")(keras.layers.GlobalMaxPooling1D(name="flat")(x))
    text = json.dumps(json.loads(keras.Model(x, rnn(x, initial_state=state)).to_json()))
    return json.loads(text.replace("[null, 2, 1]", f"[null, {steps}, 1]"))


def unstacked(width):
    x = keras.Input((2,))
    text = keras.Model(x, keras.ops.unstack(x, axis=1)[0]).to_json()
    return json.loads(text.replace("[null, 2]", f"[null, {width}]").replace('"num": 2', '"num": null'))


HOSTILE = {
    "words": (
        "analyze",
        chain(
            item("StringLookup", name="it", vocabulary=[f"w{n}" for n in range(1_900_000)]), dtype="string"
        ),
        "set_budget",
    ),
    "unknown words": (
        "build",
        chain(
            *(item("IntegerLookup", num_oov_indices=2**20, vocabulary=[1], name=f"l{n}") for n in range(100)),
            shape=(None, 1),
            dtype="int64",
        ),
        "",  # built: Keras only counts them
    ),
    "frames": (
        "build",
        chain(
            item("Rescaling", scale=1, offset=0, name="r"),
            item("STFTSpectrogram", name="s", frame_length=2**13, fft_length=2**13, frame_step=1),
            shape=(None, 2**30, 1),
        ),
        "",
    ),
    "steps": ("analyze", unrolled(10**6), "'it'"),
    "steps that count little": ("analyze", unrolled(10**5), "'it'"),
    "tensors": ("analyze", unstacked(10**7), "unstack"),
}


@pytest.mark.large
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_model_ends_in_a_sentence_while_the_process_goes_on(case):
    action, model, said = HOSTILE[case]
    done = subprocess.run(
        [sys.executable, SCRIPT, action, "1.5"],
        input=json.dumps(model),
        capture_output=True,
        text=True,
        env={**os.environ, "KERASVIZ_SECONDS": "4", "KERASVIZ_GIGABYTES": "0.5"},
        timeout=200,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answer = json.loads(done.stdout.splitlines()[-1])
    assert said in answer["said"] if said else not answer["said"], answer
    assert answer["beats"] > 5


def test_metrics_are_counted_together_before_any_is_made():
    areas = [metric("AUC", name=f"a{number}", multi_label=True, num_labels=10**5) for number in range(10)]
    check_training_costs({"loss": "mse", "metrics": areas[:1]})
    with pytest.raises(ModelFileError, match="GB of memory"):
        check_training_costs({"loss": "mse", "metrics": areas})
    tables = [metric("MeanIoU", name=f"m{number}", num_classes=4096) for number in range(40)]
    with pytest.raises(ModelFileError, match=r"set_budget\(gigabytes="):
        check_training_costs({"loss": "mse", "metrics": tables})
    check_training_costs({"loss": "mse", "metrics": [*tables[:1], "accuracy"]})


def test_many_metrics_of_many_thresholds_are_refused_at_once(monkeypatch):
    monkeypatch.setattr(trials, "_child", lambda: pytest.fail("started"))
    areas = [metric("AUC", name=f"a{number}", num_thresholds=2**16) for number in range(1000)]
    with pytest.raises(ModelFileError, match=r"more than 20 seconds.*set_budget\(seconds=200\)"):
        check_training_costs({"loss": "mse", "weighted_metrics": {"d": areas}})
    check_training_costs({"loss": "mse", "metrics": areas[:2]})


def test_weights_are_counted_before_they_are_made(small):
    with pytest.raises(ModelFileError, match=r"'wide'.*1\.0 GB of memory"):
        build_model(chain(item("Dense", units=2**14, name="wide"), shape=(None, 2**14)))
    rows = {**item("Orthogonal", "keras.initializers"), "registered_name": None}
    with pytest.raises(ModelFileError, match=r"'wide'.*seconds to draw"):
        build_model(
            chain(item("Dense", units=9000, name="wide", kernel_initializer=rows), shape=(None, 9000))
        )


def test_the_largest_application_fits_into_the_budget():
    weights = 350_200_000  # ConvNeXtXLarge
    assert 4 * weights < budget().bytes


@pytest.mark.parametrize("count", [4, 300])
def test_an_axis_that_nobody_can_hold_is_refused(count, monkeypatch):
    monkeypatch.setattr(trials, "may_be_large", lambda *_: False)
    ups = [item("UpSampling1D", size=2**52, name=f"u{number}") for number in range(count)]
    model = chain(*ups, shape=(None, 4, 4))
    (error,) = kerasviz.analyze(model).errors
    assert error.layer == "u0" and "longer than 9,007,199,254,740,992" in error.message
    with pytest.raises(ModelFileError, match=r"'u0'.*longer"):
        build_model(model)


def test_states_count_that_no_output_shows():
    cells = [item("LSTMCell", units=2000, name="c"), item("SimpleRNNCell", units=1, name="d")]
    inner = item("StackedRNNCells", cells=cells, name="s")
    model = chain(item("RNN", cell=inner, stateful=True, name="it"), shape=(10**6, 3, 4))
    with pytest.raises(ModelFileError, match=r"'it'.*1[45]\.\d GB"):
        build_model(model, replaced=True)


@pytest.mark.parametrize(
    ("large", "small"),
    [
        (
            item("Embedding", input_dim=10**7, output_dim=8),
            item("Embedding", input_dim=50_000, output_dim=768),
        ),
        (item("STFTSpectrogram", frame_length=2**14, fft_length=2**14), item("STFTSpectrogram")),
        (item("Any", x={"y": [1, [2**19]]}), item("Any", x={"y": [1, [2**10]]}, seed=2**40)),
        (item("Any", words=["a"] * 2**19), item("Any", words=["a"] * 2**12)),
        (
            [metric("AUC", num_thresholds=65_536, name=str(n)) for n in range(100)],
            [metric("AUC", num_thresholds=200, name=str(n)) for n in range(100)],
        ),
    ],
)
def test_what_counts_much_may_be_large_until_it_was_built(large, small):
    assert may_be_large(large) and not may_be_large(small)
    remember_built(large)
    assert not may_be_large(large)


def test_a_wide_input_may_make_any_layer_large():
    flat = item("Flatten")
    assert may_be_large(flat, [1, 10**7]) and not may_be_large(flat, [1, 10**4])


def test_ordinary_applications_need_no_trial():
    with keras.StatelessScope(initialize_variables=False):
        for make in (keras.applications.EfficientNetV2B0, keras.applications.VGG16):
            assert not may_be_large(json.loads(make(weights=None).to_json()))


def test_an_edit_of_the_users_needs_no_trial(monkeypatch):
    asked = []
    monkeypatch.setattr(trials, "_child", lambda: asked.append(1) or pytest.fail("asked"))
    from kerasviz.analysis import Analyzer

    analyzer = Analyzer()
    analyzer.update(chain(item("Dense", units=3, name="d")))
    wide = chain(item("Dense", units=2**20 + 7, name="d"))
    found = analyzer.update(wide, trusted=True)
    assert found["nodes"]["d:0"]["shapes"] == [[None, 2**20 + 7]] and not asked
    # And what he has drawn trains without one, too.
    trials.try_first(print, config=wide)
    assert not asked


def test_a_build_that_takes_too_long_names_the_layer(small, monkeypatch):
    monkeypatch.setattr(trials, "may_be_large", lambda *_: False)
    set_budget(seconds=0.01)
    narrow = [item("Dense", units=1, name=f"d{number}") for number in range(70)]
    with pytest.raises(ModelFileError, match=r"'wide'.*more than 0\.01 seconds"):
        build_model(chain(*narrow, item("Dense", units=99, name="wide")))


def test_only_lists_of_plain_values_are_taken_whole():
    words, mixed = ["a", 1, None, 2.5, True], ["a", {"class_name": "X", "build_config": {}}]
    assert is_plain(words) and not is_plain(mixed) and not is_plain([[1]])
    assert fresh({"v": words}) == {"v": words} and fresh({"v": words})["v"] is not words
    assert fresh(mixed) == ["a", {"class_name": "X"}]


def test_a_split_into_too_many_is_refused_without_a_trial(monkeypatch):
    x = keras.Input((4,))
    text = keras.Model(x, keras.ops.split(x, 2, axis=1)[0]).to_json()
    text = text.replace("[null, 4]", "[null, 300000]")
    many = json.loads(text.replace('sections": 2', 'sections": 300000'))
    asked = []
    monkeypatch.setattr(trials, "_child", lambda: asked.append(1) or pytest.fail("asked"))
    (error,) = kerasviz.analyze(many).errors
    assert error.layer == "split" and error.message.startswith("Layer 'split': Split is too large")
    with pytest.raises(BuildError, match=r"'split'.*Split is too large"):
        build_document(many)
    assert not asked


def test_a_trial_that_ends_lets_the_model_be_built(tmp_path):
    path = tmp_path / "m.json"
    path.write_text(json.dumps(chain(item("Dense", units=2**19, name="d"), shape=(None, 1))))
    assert load(path).count_params() == 2**20


@pytest.mark.parametrize("child", ["no.such.module", "keyword"])  # the second ends at once, without an error
def test_a_trial_that_did_not_happen_is_not_called_large_or_slow(monkeypatch, child):
    monkeypatch.setattr(trials, "CHILD", child)
    monkeypatch.setattr(trials, "_children", [])
    with pytest.raises(ModelFileError, match=r"'it'.*did not start, or ended"):
        trials.try_first(print, config={"size": 2**40 + 1}, layer="it")
    assert not trials._children


@keras.saving.register_keras_serializable("budget")
class Mine(keras.layers.Layer):
    def call(self, inputs):
        return inputs


@keras.saving.register_keras_serializable("budget")
class Right(keras.metrics.MeanSquaredError):
    pass


def test_a_class_of_the_users_lets_nothing_past_a_trial(small, monkeypatch):
    tried = []
    monkeypatch.setattr(trials, "_child", lambda: tried.append(1) or _Refusing())
    mine = {"module": None, "class_name": "Mine", "config": {"name": "a"}, "registered_name": "budget>Mine"}
    wide = item("Dense", units=2**20 + 3, name="wide")
    assert not trials.child_knows(mine) and trials.child_knows(wide)
    with pytest.raises(BuildError, match=r"'wide'.*more than 0\.5 GB"):
        build_document(chain(mine, wide))
    assert build_document(chain(mine, item("Dense", units=3, name="d"))).count_params() == 15


class _Refusing:
    """A child process that finds everything too large, but for what it does not know."""

    def do(self, job, args):
        if trials.child_knows(list(args)):
            raise ModelFileError(too_large())

    def kill(self):
        pass


def test_a_metric_of_the_users_does_not_hide_those_beside_it():
    right = {
        "module": None,
        "class_name": "Right",
        "config": {"name": "r"},
        "registered_name": "budget>Right",
    }
    areas = [metric("AUC", name=f"a{number}", multi_label=True, num_labels=10**5) for number in range(10)]
    strange = {**right, "class_name": "Unknown", "registered_name": "budget>Unknown"}
    for first in (right, strange):
        with pytest.raises(ModelFileError, match="GB of memory"):
            check_training_costs({"loss": "mse", "metrics": {"d": [first, *areas]}})


def test_what_is_refused_by_name_starts_no_process(monkeypatch):
    monkeypatch.setattr(trials, "_child", lambda: pytest.fail("started"))
    x = keras.Input((300_000,))
    split = keras.Model(x, keras.ops.split(x, 2, axis=1)).to_json()
    assert '"indices_or_sections": 2' in split
    found = kerasviz.analyze(
        json.loads(split.replace('"indices_or_sections": 2', '"indices_or_sections": 300000'))
    )
    assert any("indices_or_sections=300000 is more than 4,096" in error.message for error in found.errors)


def ends(count):
    x = keras.Input((4,), name="i")
    model = json.loads(keras.Model(x, keras.layers.Dense(1, name="d")(x)).to_json())
    model["config"]["output_layers"] = [["d", 0, 0]] * count
    return model


def test_outputs_are_counted():
    with pytest.raises(ModelFileError, match="more than 4,000 inputs and outputs"):
        build_model(ends(500_000))
    model = ends(1)
    model["config"]["output_layers"] = {f"o{number}": [f"x{number}", 0, 0] for number in range(100_000)}
    assert len(kerasviz.analyze(model).errors) < 50
    assert len(build_model(ends(3)).outputs) == 3


def test_time_is_over_for_code_of_python():
    with pytest.raises(ModelFileError, match=r"set_budget\(seconds=3\)"), _budget(0.3):
        with within(budget().seconds):
            while True:
                pass
    for _ in range(1000):  # nothing is raised later
        time.sleep(0)


def test_time_that_is_not_over_ends_nothing():
    with within(60):
        assert sum(range(10)) == 45
    try:
        with within(60):
            raise KeyError
    except (KeyError, OutOfTime) as error:
        assert isinstance(error, KeyError)


def _budget(seconds):
    import contextlib

    @contextlib.contextmanager
    def change():
        before = budget()
        set_budget(seconds=seconds)
        try:
            yield
        finally:
            set_budget(before.seconds)

    return change()


def test_the_analysis_names_the_layer_that_takes_too_long():
    with _budget(1):
        found = kerasviz.analyze(unrolled(20_000))
    (error,) = found.errors
    assert error.layer == "it" and "set_budget" in error.message


def test_a_long_sequential_is_built_in_proportion_to_its_length(monkeypatch):
    called = []
    shape = keras.layers.Dense.compute_output_shape
    counted = lambda self, given: called.append(1) or shape(self, given)  # noqa: E731
    monkeypatch.setattr(keras.layers.Dense, "compute_output_shape", counted)
    layers = [item("Dense", units=2, name=f"d{number}") for number in range(70)]
    model = build_model(chain(*layers, shape=(None, 2)))
    assert model.count_params() == 70 * 6 and model.built and len(called) < 470
    assert [layer.name for layer in model.layers] == [f"d{number}" for number in range(70)]
    again = keras.Sequential.from_config(model.get_config())
    assert again.get_config() == model.get_config()


def test_a_chain_that_keras_cannot_build_is_told():
    layers = [item("Dense", units=2, name=f"d{number}") for number in range(1900)]
    with pytest.raises(ModelFileError, match="longer chain"):
        build_model(chain(*layers, shape=(None, 2)))


def test_a_child_that_was_ending_leaves_its_job_to_a_new_one(monkeypatch):
    monkeypatch.setattr(trials, "_children", [])
    process = trials._child()._process
    pickle.dump((os._exit, (0,), 1, 2**34), process.stdin)
    process.stdin.flush()
    process.wait()
    monkeypatch.setattr(trials._Child, "lives", True)  # as it is while Python ends
    trials.try_first(print, config={"size": 2**40 + 1})
    (child,) = trials._children
    child.kill()
