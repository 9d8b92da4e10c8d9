"""A sample of somebody's own: drawn, dropped, typed; in the form of the data, within limits."""

import base64
import io

import numpy as np
import pytest
from conftest import planned
from PIL import Image, ImageDraw

from kerasviz.data import load
from kerasviz.data.dataset import Data
from kerasviz.insight.changes import ways_of
from kerasviz.insight.choosers import choose
from kerasviz.insight.outputs.views import view
from kerasviz.insight.own import Own
from kerasviz.insight.own.dataurl import picture_in
from kerasviz.insight.own.pixellayout import pixels_in
from kerasviz.insight.results.newsamples import new_samples
from kerasviz.insight.samples.samples import samples_of
from kerasviz.protocol import RequestError

ARRAYS = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}


def url_of(picture, kind="PNG", **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return f"data:image/{kind.lower()};base64," + base64.b64encode(out.getvalue()).decode()


def drawing():
    """A one in a corner of a pad."""
    pad = Image.new("L", (280, 280))
    ImageDraw.Draw(pad).line([(40, 20), (40, 120)], fill=255, width=20)
    return pad


def taken(way, config, document, namespace=None, data=True):
    own = Own(document, samples_of(document, namespace or {}, None) if data else None)
    (each,) = own.inputs(own.first())
    return chosen("changed", {"changes": {each.name: {"class_name": way, "config": config}}}, own)


def chosen(way, config, own):
    return choose({"class_name": way, "config": config}, lambda: own.samples, lambda: own)


def ways(document, namespace=None, data=True):
    own = Own(document, samples_of(document, namespace or {}, None) if data else None)
    (each,) = own.inputs(own.first())
    return ways_of(each)


def input_of(shape):
    layer = {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [None, *shape]}}
    return {"class_name": "Sequential", "config": {"layers": [layer]}}


def test_a_drawing_gets_the_size_the_place_and_the_range_that_drawings_have_in_the_data(digits):
    given = taken("by_drawing", {"picture": url_of(drawing())}, planned(digits))
    (page,) = given.inputs.values()
    assert (page.shape, page.dtype, given.part) == ((1, 8, 8, 1), np.float32, None)
    data = load({"class_name": "digits", "config": {}}, {})
    ones = data.x[data.y == 1]
    columns = page[0, ..., 0].sum(axis=0)
    assert columns.argmax() in (3, 4) and page.max() > 0.8  # it stood at the left
    rows = np.flatnonzero(page[0, ..., 0].max(axis=1) > 0.2)
    assert len(rows) == 8 == np.median([(one[..., 0].max(axis=1) > 0.2).sum() for one in ones])


@pytest.mark.parametrize("most", [1, 16, 255])
@pytest.mark.parametrize("shape", [(64,), (8, 8), (1, 8, 8)])
def test_the_range_and_the_axes_are_those_of_the_users_arrays(most, shape):
    from sklearn.datasets import load_digits

    held = load_digits()
    x = (held.data / 16 * most).round(3).reshape(-1, *shape)
    given = taken(
        "by_drawing",
        {"picture": url_of(drawing())},
        planned(input_of(shape), data=ARRAYS),
        {"x": x, "y": held.target},
    )
    (page,) = given.inputs.values()
    assert page.shape == (1, *shape) and 0.6 * most < page.max() <= most


def test_dark_ink_on_white_paper_stays_dark():
    from sklearn.datasets import load_digits

    held = load_digits()
    given = taken(
        "by_drawing",
        {"picture": url_of(drawing())},
        planned(input_of((64,)), data=ARRAYS),
        {"x": 16 - held.data, "y": held.target},
    )
    page = next(iter(given.inputs.values())).reshape(8, 8)
    assert page[0, 0] == 16 and page.min() < 4


def test_without_data_the_input_says_the_size_as_mnist_has_it():
    given = taken("by_drawing", {"picture": url_of(drawing())}, input_of((28, 28, 1)), data=False)
    rows = np.flatnonzero(given.inputs[0][0, ..., 0].max(axis=1) > 0)
    columns = np.flatnonzero(given.inputs[0][0, ..., 0].max(axis=0) > 0)
    assert len(rows) == 20 and (columns[0] + columns[-1]) / 2 == pytest.approx(13.5, abs=0.5)


def test_an_image_is_resized_turned_and_goes_through_the_steps_of_the_plan():
    x = np.random.default_rng(0).integers(0, 256, (20, 16, 12, 3)).astype("uint8")
    steps = [{"class_name": "Rescaling", "config": {"scale": 1 / 255}}]
    document = planned(input_of((16, 12, 3)), data=ARRAYS, preparation=steps)
    picture = Image.new("RGB", (64, 48), "red")
    picture.paste("blue", (0, 0, 32, 48))
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright: its left is above
    arrays = {"x": x, "y": np.zeros(20)}
    given = taken("by_image", {"picture": url_of(picture, exif=exif)}, document, arrays)
    (image,) = given.inputs.values()
    assert image.shape == (1, 16, 12, 3) and image.max() <= 1
    np.testing.assert_allclose(image[0, 0, 0], [0, 0, 1], atol=0.01)
    np.testing.assert_allclose(image[0, -1, -1], [1, 0, 0], atol=0.01)
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    given = taken("by_image", {"picture": url_of(clear)}, document, arrays)
    assert next(iter(given.inputs.values())).min() == pytest.approx(1)  # paper is white


def test_a_picture_of_16_bits_keeps_its_greys():
    deep = Image.fromarray((np.arange(256).reshape(16, 16) * 257).astype("uint16"))
    np.testing.assert_array_equal(np.asarray(picture_in(url_of(deep))), np.arange(256).reshape(16, 16))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://example.org/a.png", "Expected an image as a data URL."),
        ("data:image/png;base64,%%%", "The image cannot be read"),
        (
            "data:image/svg+xml;base64," + base64.b64encode(b"<svg onload='alert(1)'/>").decode(),
            "The file is not a PNG",
        ),
        ("data:image/png;base64," + "A" * 8_000_000, "The file is larger than 5 MB"),
        (url_of(Image.new("1", (20_000, 20_000))), "The image has more than 50 million pixels"),
        (url_of(Image.effect_noise((64, 64), 50))[:-2000], "The image cannot be read"),
        (url_of(Image.new("L", (8, 8)), "GIF"), "The file is not a PNG"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(url, said):
    with pytest.raises(RequestError) as refused:
        picture_in(url)
    assert str(refused.value).startswith(said)


def test_a_way_is_offered_where_it_fits(digits):
    assert ways(digits, data=False) == ["by_drawing", "by_image", "drawn_on", "numbers"]
    assert ways(input_of((13,)), data=False) == ["numbers"]
    with pytest.raises(RequestError, match="does not take images"):
        taken("by_drawing", {"picture": url_of(drawing())}, input_of((13,)), data=False)
    assert pixels_in((48, 6)) is None  # steps in time
    words = np.random.default_rng(0).integers(0, 9000, (30, 400))
    document = planned(input_of((400,)), data=ARRAYS)
    assert ways(document, {"x": words, "y": np.zeros(30)}) == ["numbers"]


def test_samples_lie_where_the_data_lies_and_are_prepared_as_for_training():
    x = np.random.default_rng(0).integers(0, 256, (50, 8, 8, 1)).astype("uint8")
    steps = [{"class_name": "Normalization", "config": {}}, {"class_name": "RandomFlip", "config": {}}]
    split = {"class_name": "share", "config": {"validation": 0.2, "test": 0.2, "seed": 3}}
    document = planned(input_of((8, 8, 1)), data=ARRAYS, preparation=steps, split=split)
    samples = samples_of(document, {"x": x, "y": np.arange(50)}, None)
    assert all(held.x is x for held, _ in samples._parts.values())
    assert dict(samples.counts) == {"training": 30, "validation": 10, "test": 10}
    trains = np.concatenate([samples.take("training", at).inputs[0] for at in range(30)])
    np.testing.assert_allclose([trains.mean(), trains.std()], [0, 1], atol=1e-4)


def test_a_text_goes_through_the_steps_or_into_a_model_that_takes_texts():
    texts = np.array(["good film", "bad film", "good music", "bad music"], dtype=object)
    steps = [{"class_name": "TextVectorization", "config": {"output_sequence_length": 3}}]
    document = planned(input_of((3,)), data=ARRAYS, preparation=steps)
    arrays = {"x": texts, "y": np.array([1, 0, 1, 0])}
    numbers = taken("by_text", {"text": "good film"}, document, arrays).inputs[0]
    np.testing.assert_array_equal(numbers, samples_of(document, arrays, None).take("training", 0).inputs[0])
    assert ways(document, arrays) == ["by_text"]
    takes_words = input_of((1,))
    takes_words["config"]["layers"][0]["config"]["dtype"] = "string"
    assert ways(takes_words, data=False) == ["by_text"]
    given = taken("by_text", {"text": "<b>good</b>"}, takes_words, data=False).inputs[0]
    assert given.tolist() == [["<b>good</b>"]] and view(given[0])["tokens"] == ["<b>good</b>"]
    with pytest.raises(RequestError, match="does not take text"):
        taken("by_text", {"text": "a"}, input_of((13,)), data=False)
    with pytest.raises(RequestError, match="Shorten"):
        taken("by_text", {"text": "a" * 100_001}, takes_words, data=False)


def test_without_data_a_sample_is_drawn_and_no_data_is_asked_for():
    own = Own(input_of((8, 8, 1)), None)
    nothing = chosen("by_index", {}, own)
    assert (nothing.inputs[0].shape, nothing.part) == ((1, 8, 8, 1), None)
    change = {"in": {"class_name": "by_drawing", "config": {"picture": url_of(drawing())}}}
    drawn = chosen("changed", {"of": {"class_name": "by_index", "config": {}}, "changes": change}, own)
    assert 0.8 < drawn.inputs[0].max() <= 1 and drawn.root is not drawn
    with pytest.raises(RequestError, match="Choose data on the Train tab first"):
        chosen("over_plane", {}, own)
    empty = Own({"class_name": "Sequential", "config": {"layers": []}}, None)
    with pytest.raises(RequestError, match="draw an Input"):
        chosen("by_index", {}, empty)


def test_without_data_pixels_are_as_large_as_the_drawing_makes_them_small():
    document = input_of((8, 8, 3))
    scaling = {"class_name": "Rescaling", "config": {"name": "small", "scale": 1 / 255, "offset": 0.0}}
    inside = {"class_name": "Sequential", "config": {"name": "inside", "layers": [scaling]}}
    image = {"picture": url_of(Image.new("RGB", (8, 8), "white"))}
    assert taken("by_image", image, document, data=False).inputs[0].max() == 1
    document["config"]["layers"].append(inside)
    assert taken("by_image", image, document, data=False).inputs[0].max() == 255


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("shape", [(10, 12, -1), (-1,)])
def test_an_input_says_that_it_takes_pictures_whatever_the_data_is(channels, shape):
    x = np.random.default_rng(0).integers(0, 60_000, (20, 10, 12, channels)).astype("float32")
    x = (
        x.reshape(20, *(channels if length == -1 else length for length in shape))
        if len(shape) > 1
        else x.reshape(20, -1)
    )
    document = planned(input_of((10, 12, channels)), data=ARRAYS)
    arrays = {"x": x, "y": np.zeros(20)}
    assert {"by_drawing", "by_image", "drawn_on"} <= set(ways(document, arrays))
    white = {"picture": url_of(Image.new("RGB", (8, 8), "white"))}
    (image,) = taken("by_image", white, document, arrays).inputs.values()
    assert image.shape == (1, *x.shape[1:]) and image.min() == x.max()


def test_files_are_read_in_the_size_of_the_input(tmp_path):
    for name in ("cats", "dogs"):
        (tmp_path / "pets" / name).mkdir(parents=True)
        for number in range(3):
            Image.new("RGB", (40 + number, 30), "red").save(tmp_path / "pets" / name / f"{number}.png")
    images = {"class_name": "images", "config": {"path": "pets"}}
    document = planned(input_of((16, 24, 3)), data=images)
    samples = samples_of(document, {}, tmp_path)
    assert samples.take("training", 0).inputs[0].shape == (1, 16, 24, 3)
    (each,) = Own(document, samples).inputs(Own(document, samples).first())
    assert {"by_drawing", "by_image"} <= set(ways_of(each))


def test_a_sample_of_new_data_is_followed_and_changed_as_any_other():
    x = np.random.default_rng(0).uniform(0, 255, (20, 8, 8, 1)).astype("float32")
    steps = [{"class_name": "Rescaling", "config": {"scale": 1 / 255}}]
    document = planned(input_of((8, 8, 1)), data=ARRAYS, preparation=steps)
    samples = samples_of(document, {"x": x[:10], "y": np.arange(10) % 2}, None)
    own = Own(document, samples, new=new_samples(samples, Data("new", x[10:], np.arange(10) % 2)))
    new = chosen("of_new_data", {"index": 3}, own)
    np.testing.assert_allclose(new.inputs[0], x[13:14] / 255, rtol=1e-6)
    assert (new.part, new.index, new.is_new, samples.label_of(new)) == (None, 3, True, "1")
    change = {"in": {"class_name": "by_drawing", "config": {"picture": url_of(drawing())}}}
    of = {"class_name": "of_new_data", "config": {"index": 3}}
    made = chosen("changed", {"of": of, "changes": change}, own)
    assert made.root.index == 3 and 0.5 < made.inputs[0].max() <= 1
    with pytest.raises(RequestError, match="Predict it again"):
        chosen("of_new_data", {}, Own(document, samples))
