"""Pictures that a page sends, decoded within limits."""

from __future__ import annotations

import base64
import binascii
import io
import warnings
from typing import TYPE_CHECKING

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 5 * 2**20
"""Bytes of a file; `LARGEST` of ownimage.ts is its twin."""
MOST_PIXELS = 50_000_000


def picture_in(url: str) -> Image:
    """Decodes a picture, and turns it as its camera was held.

    Args:
        url: `data:image/png;base64,...`, or the same of a JPEG.

    Returns:
        The picture in whichever colours it has.

    Raises:
        RequestError: With code `no_picture`, for what is none, or is too large.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    head, _, data = url.partition(",")
    if not head.startswith("data:") or not head.endswith(";base64"):
        raise RequestError("no_picture", text("Expected an image as a data URL."))
    if len(data) > LARGEST * 4 / 3 + 4:
        raise RequestError(
            "no_picture",
            text("The file is larger than {most} MB. Make the image smaller.", most=LARGEST // 2**20),
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(base64.b64decode(data, validate=True)), formats=("PNG", "JPEG"))
            if picture.width * picture.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            picture.load()
            turned = ImageOps.exif_transpose(picture)
            # Pillow would cut 16 bits off at 255.
            return turned.point(lambda value: value / 257).convert("L") if turned.mode == "I;16" else turned
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RequestError(
            "no_picture",
            text("The image has more than {most} million pixels. Make it smaller.", most=50),
        ) from None
    except UnidentifiedImageError:
        raise RequestError(
            "no_picture", text("The file is not a PNG or JPEG image. Save it in one of these formats.")
        ) from None
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, binascii.Error) as error:
        raise RequestError(
            "no_picture", text("The image cannot be read: the file is damaged."), detail=str(error)
        ) from None
