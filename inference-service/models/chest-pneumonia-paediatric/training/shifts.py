"""Harder validation sets: held-out training radiographs rendered otherwise. Used to choose and to calibrate; the test split is not read.

The strongest difference between the classes that is no sign of pneumonia is how wide the image was before it was squashed (mean aspect
1.22 normal, 1.53 pneumonia), so two sets turn it round: normals made wide, pneumonias made narrow.
"""

import io

import numpy as np
from PIL import Image, ImageFilter
from skimage.exposure import equalize_adapthist

from preparation import squash

REACH = 1.25
"""How much wider or narrower the aspect sets are made."""


def as_bytes(image):
    return np.clip(np.rint(image), 0, 255).astype(np.uint8)


def resized(image, width, height):
    return as_bytes(squash(image.astype(float), width, height))


def cropped(image, across, down):
    """The middle part, `across` of the width and `down` of the height, at the whole size again."""
    h, w = image.shape
    height, width = int(round(h * down)), int(round(w * across))
    top, left = (h - height) // 2, (w - width) // 2
    return resized(image[top:top + height, left:left + width], w, h)


def padded(image, across, down, value=0):
    """The whole image in the middle of a larger ground, at the first size again."""
    h, w = image.shape
    height, width = int(round(h * down)), int(round(w * across))
    ground = np.full((height, width), value, np.uint8)
    top, left = (height - h) // 2, (width - w) // 2
    ground[top:top + h, left:left + w] = image
    return resized(ground, w, h)


def against_aspect_cropped(image, label):
    return cropped(image, 1, 1 / REACH) if label == 0 else cropped(image, 1 / REACH, 1)


def against_aspect_padded(image, label):
    return padded(image, REACH, 1) if label == 0 else padded(image, 1, REACH)


def gamma(image, power):
    return as_bytes(255 * (image / 255.0) ** power)


def filtered(image, how):
    return np.asarray(Image.fromarray(image).filter(how))


def recompressed(image, quality):
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer))


def noisy(image, label, rng=np.random.default_rng(17)):
    return as_bytes(image + rng.normal(0, 10, image.shape))


SHIFTS = {
    "as stored": lambda image, label: image,
    "aspect turned round, cropped": against_aspect_cropped,
    "aspect turned round, padded": against_aspect_padded,
    "close": lambda image, label: cropped(image, 0.82, 0.82),
    "framed": lambda image, label: padded(image, 1.15, 1.15),
    "light": lambda image, label: gamma(image, 0.65),
    "dark": lambda image, label: gamma(image, 1.5),
    "local histogram": lambda image, label: as_bytes(255 * equalize_adapthist(image, clip_limit=0.02)),
    "blurred": lambda image, label: filtered(image, ImageFilter.GaussianBlur(1.5)),
    "sharpened": lambda image, label: filtered(image, ImageFilter.UnsharpMask(3, 150, 0)),
    "coarse": lambda image, label: resized(resized(image, 96, 96), *image.shape[::-1]),
    "noisy": noisy,
    "recompressed": lambda image, label: recompressed(image, 20)}
"""Name to a function of an 8-bit image and its label."""


def shifted(images, labels, name):
    """The images, rendered so."""
    return np.stack([SHIFTS[name](image, label) for image, label in zip(images, labels)])
