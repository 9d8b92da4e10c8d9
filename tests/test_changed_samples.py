"""A sample of the data is changed in some of its inputs; what is not changed keeps its numbers."""

import base64
import io

import keras
import numpy as np
import pytest
from conftest import planned
from PIL import Image, ImageDraw

from kerasviz.insight.choosers import choose
from kerasviz.insight.own import Own
from kerasviz.insight.samples.formfields import form_of
from kerasviz.insight.samples.samples import samples_of
from kerasviz.protocol import RequestError

ARRAYS = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
DRAW = np.random.default_rng(0)
PICTURES = DRAW.integers(0, 256, (30, 12, 12, 3)).astype("uint8")
ROWS = DRAW.normal(size=(30, 4)).astype("float32")
STEPS = [{"class_name": "Rescaling", "config": {"scale": 1 / 255}, "columns": ["x['picture']"]}]


def inputs(**shapes):
    layers = [
        {"class_name": "InputLayer", "name": name, "config": {"name": name, "batch_shape": [None, *shape]}}
        for name, shape in shapes.items()
    ]
    config = {"layers": layers, "input_layers": [[name, 0, 0] for name in shapes], "output_layers": []}
    return {"class_name": "Functional", "config": config}


def own_of(document, x=None):
    samples = None if x is None else samples_of(document, {"x": x, "y": np.zeros(30)}, None)
    return Own(document, samples)


def chosen(own, choice):
    return choose(choice, lambda: own.samples, lambda: own)


def changed(own, changes, index=2):
    of = {"class_name": "by_index", "config": {"index": index}}
    return chosen(own, {"class_name": "changed", "config": {"of": of, "changes": changes}})


def ink(size, colour, box):
    page = Image.new("RGBA", size)
    ImageDraw.Draw(page).rectangle(box, fill=colour)
    written = io.BytesIO()
    page.save(written, "PNG")
    url = "data:image/png;base64," + base64.b64encode(written.getvalue()).decode()
    return {"class_name": "drawn_on", "config": {"picture": url}}


def test_each_of_several_inputs_is_changed_by_its_name():
    document = planned(inputs(picture=(12, 12, 3), row=(4,)), data=ARRAYS)
    own = own_of(document, {"picture": PICTURES, "row": ROWS})
    fields = form_of(own, chosen(own, {"class_name": "by_index", "config": {"index": 2}}))["fields"]
    assert [(field["name"], field["kind"]) for field in fields] == [
        ("picture", "picture"),
        ("row", "numbers"),
    ]
    assert fields[1]["numbers"]["values"] == ROWS[2].tolist()
    row = {"class_name": "numbers", "config": {"values": {"1": 9}}}
    taken = changed(own, {"row": row, "picture": ink((120, 120), "red", (0, 0, 59, 119))})
    assert taken.inputs["row"].tolist() == [[ROWS[2, 0], 9, *ROWS[2, 2:]]]
    picture = taken.inputs["picture"][0]
    assert (picture[:, :6] == [255, 0, 0]).all() and picture.dtype == np.uint8
    np.testing.assert_array_equal(picture[:, 6:], PICTURES[2][:, 6:])  # exactly as it was
    assert (taken.original.index, taken.root.part) == (2, "training")
    with pytest.raises(RequestError, match="has no input 'other'"):
        changed(own, {"other": row})


def test_ink_has_the_range_of_the_data_and_goes_through_the_steps():
    pages = (PICTURES[..., :1] / 255 * 16).astype("float32")
    steps = [{"class_name": "Rescaling", "config": {"scale": 0.5}}]
    own = own_of(planned(inputs(page=(12, 12, 1)), data=ARRAYS, preparation=steps), pages)
    taken = changed(own, {"page": ink((12, 12), "white", (0, 0, 5, 11))})
    array = next(iter(taken.inputs.values()))[0, ..., 0]
    np.testing.assert_allclose(array[:, :6], pages.max() / 2, rtol=1e-6)
    np.testing.assert_array_equal(array[:, 6:], pages[2, :, 6:, 0] * np.float32(0.5))


def test_two_pictures_of_a_siamese_net_are_two_inputs():
    document = planned(inputs(left=(12, 12, 3), right=(12, 12, 3)), data=ARRAYS)
    own = own_of(document, [PICTURES, PICTURES[::-1]])
    taken = changed(own, {"right": ink((24, 24), "white", (0, 0, 23, 23))})
    np.testing.assert_array_equal(taken.inputs[0], PICTURES[2:3])
    assert (taken.inputs[1] == 255).all()


def test_a_number_of_a_series_keeps_its_kind():
    words = DRAW.integers(0, 900, (30, 50))
    own = own_of(planned(inputs(words=(50,)), data=ARRAYS), words)
    way = {"class_name": "numbers", "config": {"values": {"49": 7}}}
    array = changed(own, {"words": way}).inputs[0]
    assert array.dtype == words.dtype and array[0, 49] == 7
    for values, said in (({"49": 0.5}, "takes whole numbers"), ({"50": 1}, "has 50 numbers")):
        with pytest.raises(RequestError, match=said):
            changed(own, {"words": {"class_name": "numbers", "config": {"values": values}}})


def test_a_text_beside_a_number_is_changed_in_its_field():
    texts = np.array(["good film", "bad film"] * 15, dtype=object)
    document = planned(inputs(text=(1,), year=(1,)), data=ARRAYS)
    own = own_of(document, {"text": texts, "year": np.arange(30.0)})
    fields = form_of(own, chosen(own, {"class_name": "by_index", "config": {"index": 2}}))["fields"]
    assert [(field["kind"], field["value"]) for field in fields] == [("text", "good film"), ("numbers", None)]
    for said in ("", "😀 👩‍👩‍👧 ünïcode", "<script>alert(1)</script>"):
        taken = changed(own, {"text": {"class_name": "by_text", "config": {"text": said}}})
        assert taken.inputs["text"].tolist() == [said] and taken.inputs["year"].tolist() == [2.0]


def test_without_data_inputs_begin_with_nothing():
    own = own_of(inputs(page=(28, 28, 1), row=(4,)))
    fields = form_of(own, None)["fields"]
    assert [field["kind"] for field in fields] == ["picture", "numbers"]
    way = {"class_name": "numbers", "config": {"values": {"3": 1.5}}}
    taken = chosen(own, {"class_name": "changed", "config": {"changes": {"row": way}}})
    assert [array.sum() for array in taken.inputs.values()] == [0, 1.5]


def test_what_was_changed_is_changed_again():
    own = own_of(planned(inputs(row=(4,)), data=ARRAYS), ROWS)
    first, second = ({"row": {"class_name": "numbers", "config": {"values": {at: 1}}}} for at in "01")
    of = {"class_name": "changed", "config": {"changes": first}}
    taken = chosen(own, {"class_name": "changed", "config": {"of": of, "changes": second}})
    assert taken.inputs[0].tolist() == [[1, 1, *ROWS[0, 2:]]]
    assert taken.original.inputs[0].tolist() == [[1, *ROWS[0, 1:]]] and taken.root.part is None


def test_the_model_answers_for_the_changed_sample_as_plain_keras_does():
    dense = keras.layers.Dense(1, kernel_initializer="ones")
    own = own_of(planned(inputs(row=(4,)), data=ARRAYS), ROWS)
    taken = changed(own, {"row": {"class_name": "numbers", "config": {"values": {"2": -3}}}})
    expected = ROWS[2:3].copy()
    expected[0, 2] = -3
    np.testing.assert_array_equal(
        *(keras.ops.convert_to_numpy(dense(x)) for x in (taken.inputs[0], expected))
    )
