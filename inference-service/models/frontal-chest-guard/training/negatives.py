"""Images that are no upright frontal chest radiograph, in two lists of kinds that have none in common.

`draw` makes those the guard is trained with: radiographs turned by 90 or 270 degrees, inverted, cut to a small window, shuffled in
tiles, squeezed to a narrow middle, twisted, slanted, of one half above or below, repeated; smooth noise, gradients, bars, ellipses. `UNSEEN` names those that only the evaluation uses.
"""

import numpy as np
import skimage.data
from PIL import Image, ImageDraw, ImageFont
from skimage.transform import AffineTransform, rotate, swirl, warp
from sklearn.datasets import load_sample_images

import chest   # noqa: F401
from preparation import SIZE, percentile_normalise, prepare, squash

PHOTOGRAPHS = ("astronaut", "brick", "camera", "cat", "cell", "checkerboard", "clock", "coffee", "coins", "colorwheel",
               "grass", "gravel", "horse", "hubble_deep_field", "immunohistochemistry", "microaneurysms", "moon", "page",
               "retina", "rocket", "shepp_logan_phantom", "text")


def photographs():
    """Name to 8-bit image."""
    found = {}
    for name in PHOTOGRAPHS:
        image = np.asarray(getattr(skimage.data, name)())
        found[name] = (image * 255).astype(np.uint8) if image.dtype != np.uint8 else image
    china, flower = load_sample_images().images
    return found | {"china": china, "flower": flower}


def window(image, low, high, rng):
    """A random part whose sides are between low and high of the image's, stretched to the input size."""
    h, w = (max(8, int(side * rng.uniform(low, high))) for side in image.shape[:2])
    top, left = rng.integers(0, image.shape[0] - h + 1), rng.integers(0, image.shape[1] - w + 1)
    return image[top:top + h, left:left + w]


def field(rng, exponent, size=SIZE):
    """Gaussian noise whose amplitude falls with frequency to the exponent."""
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(size), np.fft.fftfreq(size)))
    frequency[0, 0] = 1.0 / size
    return np.fft.ifft2(np.fft.fft2(rng.standard_normal((size, size))) / frequency**exponent).real


def plane(rng):
    """Coordinates in -1..1, turned by a random angle."""
    y, x = np.mgrid[-1:1:SIZE * 1j, -1:1:SIZE * 1j]
    angle = rng.uniform(0, 2 * np.pi)
    return x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)


def gradient(rng):
    x, y = plane(rng)
    return np.abs(x) ** rng.uniform(0.5, 3) * np.sign(x) + rng.uniform(-1, 1) * (x * x + y * y)


def limb(rng):
    """One to three soft bars with brighter borders on a dark ground."""
    image = np.zeros((SIZE, SIZE))
    for _ in range(rng.integers(1, 4)):
        x, y = plane(rng)
        d = np.abs(x - rng.uniform(-0.5, 0.5) + rng.uniform(-0.2, 0.2) * y * y) / rng.uniform(0.1, 0.5)
        image += np.where(d < 1, np.sqrt(np.maximum(1 - d * d, 0)) + 0.6 * np.exp(-((d - 0.5) / 0.1) ** 2), 0)
    return image + 0.05 * field(rng, 1.0)


def blobs(rng):
    """Ellipses of random grey, some striped, as in sections and other views of a body."""
    image = np.full((SIZE, SIZE), rng.uniform(0, 0.3))
    for _ in range(rng.integers(2, 9)):
        x, y = plane(rng)
        radius = np.hypot((x - rng.uniform(-0.6, 0.6)) / rng.uniform(0.15, 0.9), (y - rng.uniform(-0.6, 0.6)) / rng.uniform(0.15, 0.9))
        stripes = 1 + rng.uniform(0, 0.5) * np.sin(x * rng.uniform(5, 40))
        image = image + rng.uniform(-0.6, 1.0) * stripes / (1 + np.exp((radius - 1) * rng.uniform(5, 60)))
    return image + rng.uniform(0, 0.1) * field(rng, 0.8) / 10


def formula(rng):
    """One image from a random formula."""
    kind = rng.integers(0, 6)
    if kind == 0:
        return field(rng, rng.uniform(0.9, 2.2))
    if kind == 1:
        return gradient(rng)
    return limb(rng) if kind < 4 else blobs(rng)


def turned(image, degrees):
    return rotate(image, degrees, mode="edge", preserve_range=True)


def shuffled(image, rng):
    """Quarters or ninths in another order."""
    n = int(rng.integers(2, 4))
    side = image.shape[0] // n
    tiles = [image[i * side:(i + 1) * side, j * side:(j + 1) * side] for i in range(n) for j in range(n)]
    order = np.roll(np.arange(n * n), int(rng.integers(1, n * n))) if rng.random() < 0.5 else rng.permutation(n * n)
    return np.block([[tiles[order[i * n + j]] for j in range(n)] for i in range(n)])


def narrow(image, rng):
    """The whole image squeezed to less than half its width, on empty ground."""
    wide = squash(image.astype(float), int(image.shape[1] * rng.uniform(0.25, 0.45)), image.shape[0])
    ground = np.zeros_like(image)
    left = int(rng.integers(0, image.shape[1] - wide.shape[1]))
    ground[:, left:left + wide.shape[1]] = wide
    return ground


def distorted(image, rng):
    """Twisted around its middle, or slanted."""
    side, sign = image.shape[0], rng.choice([-1, 1])
    if rng.random() < 0.5:
        return swirl(image.astype(float), strength=sign * rng.uniform(3, 7), radius=side * rng.uniform(0.7, 1.0), preserve_range=True)
    slant = sign * rng.uniform(0.5, 0.9)
    return warp(image.astype(float), AffineTransform(shear=slant, translation=(np.tan(slant) * side / 2, 0)), preserve_range=True)


def repeated(image, rng):
    """The upper or lower half stretched, or mirrored below itself; or the whole beside itself, once or fourfold."""
    middle, kind = image.shape[0] // 2, rng.integers(0, 6)
    part = image[:middle] if rng.random() < 0.5 else image[middle:]
    if kind < 3:
        return part
    if kind == 3:
        return np.concatenate([part, part[::-1]])
    return np.tile(image[:, ::2], (1, 2)) if kind == 4 else np.tile(image[::2, ::2], (2, 2))


def from_radiograph(image, rng):
    """A radiograph made into what must not be read."""
    kind = rng.integers(0, 11)
    if kind == 8:
        return distorted(image, rng)
    if kind > 8:
        return repeated(image, rng)
    if kind < 2:
        return turned(image, rng.choice([90, 270]) + rng.uniform(-12, 12))
    if kind < 4:
        return 255 - image
    if kind == 4:
        return window(image, 0.15, 0.45, rng)
    return narrow(image, rng) if kind == 5 else shuffled(image, rng)


def draw(radiographs, count, rng):
    """Prepared negatives (count, SIZE, SIZE): two thirds from radiographs, a third from formulas."""
    return np.stack([
        prepare(from_radiograph(radiographs[rng.integers(len(radiographs))], rng)) if rng.random() < 0.65
        else percentile_normalise(formula(rng)) for _ in range(count)])


def document(rng):
    """A page of printed lines, dark on white, the other way round half of the time."""
    page = Image.new("L", (240, 300), 255)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default()
    for y in range(int(rng.integers(8, 30)), 290, int(rng.integers(11, 18))):
        if rng.random() < 0.85:
            line = "".join(rng.choice(list("abcdefghij klmnop qrstuv wxyz 0123456789"), int(rng.integers(5, 38))))
            pen.text((int(rng.integers(6, 30)), y), line, fill=0, font=font)
    pixels = np.asarray(page)
    return 255 - pixels if rng.random() < 0.5 else pixels


def half(image, rng):
    """One half of the chest stretched to the whole width, as narrow and one-sided as a lateral view."""
    middle = image.shape[1] // 2
    return image[:, :middle] if rng.random() < 0.5 else image[:, middle:]


def folded(image, rng):
    """The left half laid over the right one: lungs one behind the other, as in a lateral view."""
    middle = image.shape[1] // 2
    return (image[:, :middle].astype(float) + image[:, ::-1][:, :middle]) / 2


def stripes(rng):
    x, y = plane(rng)
    return np.sign(np.sin(x * rng.uniform(3, 40)) * (np.sin(y * rng.uniform(3, 40)) if rng.random() < 0.5 else 1))


UNSEEN = {
    "rotated 180": lambda image, rng: np.rot90(image, 2),
    "rotated 45, 135, 225 or 315": lambda image, rng: turned(image, rng.choice([45, 135, 225, 315])),
    "upside down": lambda image, rng: image[::-1],
    "half a chest (lateral-like)": half,
    "folded over (lateral-like)": folded,
    "white noise": lambda image, rng: rng.random((200, 240)),
    "specks": lambda image, rng: np.where(rng.random((SIZE, SIZE)) < rng.uniform(0.001, 0.2), 1.0, 0.0),
    "document": lambda image, rng: document(rng),
    "stripes and checks": lambda image, rng: stripes(rng)}
"""Kinds that are made, one image of a radiograph and a random generator each; photographs, constants and DICOM objects come on top."""
