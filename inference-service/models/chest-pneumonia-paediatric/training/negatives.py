"""Images that are no upright frontal chest radiograph: made from radiographs, from formulas, and from photographs.

The photographs come with scikit-image and scikit-learn; every second one is kept for evaluation.
"""

import numpy as np
import skimage.data
from skimage.transform import rotate
from sklearn.datasets import load_sample_images

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


def training_photographs():
    return list(photographs().values())[0::2]


def evaluation_photographs():
    return dict(list(photographs().items())[1::2])


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
    kind = rng.integers(0, 7)
    if kind == 0:
        return field(rng, rng.uniform(0, 2.2))
    if kind == 1:
        return gradient(rng)
    if kind == 2:
        x, y = plane(rng)
        return np.sign(np.sin(x * rng.uniform(3, 40)) * (np.sin(y * rng.uniform(3, 40)) if rng.random() < 0.5 else 1))
    if kind == 3:
        return np.where(rng.random((SIZE, SIZE)) < rng.uniform(0.001, 0.2), 1.0, 0.0)
    return limb(rng) if kind < 6 else blobs(rng)


def turned(image, rng):
    return rotate(image, rng.choice([rng.uniform(40, 320), 90, 180, 270]), mode="edge", preserve_range=True)


def shuffled(image, rng):
    """Quarters or ninths in another order."""
    n = int(rng.integers(2, 4))
    side = image.shape[0] // n
    tiles = [image[i * side:(i + 1) * side, j * side:(j + 1) * side] for i in range(n) for j in range(n)]
    order = np.roll(np.arange(n * n), int(rng.integers(1, n * n))) if rng.random() < 0.5 else rng.permutation(n * n)
    return np.block([[tiles[order[i * n + j]] for j in range(n)] for i in range(n)])


def side_view(image, rng):
    """Half a chest stretched to the whole width, or a narrow middle part beside empty ground."""
    half = image.shape[1] // 2
    if rng.random() < 0.5:
        return image[:, :half] if rng.random() < 0.5 else image[:, half:]
    padded = np.zeros_like(image)
    narrow = squash(image.astype(float), int(half * rng.uniform(0.5, 0.9)), image.shape[0])
    left = int(rng.integers(0, image.shape[1] - narrow.shape[1]))
    padded[:, left:left + narrow.shape[1]] = narrow
    return padded


def from_radiograph(image, rng):
    """A radiograph made into what the model must not read."""
    kind = rng.integers(0, 8)
    if kind < 2:
        return turned(image, rng)
    if kind == 2:
        return image[::-1]
    if kind < 5:
        inverted = 255 - image
        return turned(inverted, rng) if rng.random() < 0.3 else inverted
    if kind == 5:
        return window(image, 0.15, 0.45, rng)
    return shuffled(image, rng) if kind == 6 else side_view(image, rng)


def from_photograph(image, rng):
    part = window(image, 0.3, 1.0, rng)
    part = 255 - part if rng.random() < 0.3 else part
    return np.rot90(part, int(rng.integers(0, 4)))


def draw(radiographs, count, rng):
    """Prepared negatives (count, SIZE, SIZE): half from radiographs, a third from formulas, the rest from photographs."""
    photos = training_photographs()
    drawn = []
    for _ in range(count):
        at = rng.random()
        if at < 0.5:
            drawn.append(prepare(from_radiograph(radiographs[rng.integers(len(radiographs))], rng)))
        elif at < 0.82:
            drawn.append(percentile_normalise(formula(rng)))
        else:
            drawn.append(prepare(from_photograph(photos[rng.integers(len(photos))], rng)))
    return np.stack(drawn)


def probes(radiographs, rng):
    """Named sets for evaluation, made from held-out radiographs and photographs; uint8 or float images, unprepared."""
    return {
        "rotated 90": [np.rot90(image) for image in radiographs],
        "rotated 180": [np.rot90(image, 2) for image in radiographs],
        "rotated 270": [np.rot90(image, 3) for image in radiographs],
        "inverted": [255 - image for image in radiographs],
        "upside down": [image[::-1] for image in radiographs],
        "half a chest": [image[:, :112] for image in radiographs],
        "small window": [window(image, 0.2, 0.4, rng) for image in radiographs],
        "white noise": [rng.random((200, 240)) for _ in range(50)],
        "smooth noise": [field(rng, 1.5) for _ in range(50)],
        "gradient": [gradient(rng) for _ in range(50)],
        "bars as in limbs": [limb(rng) for _ in range(50)],
        "photograph": list(evaluation_photographs().values()),
        "photograph, inverted": [255 - image for image in evaluation_photographs().values()],
        "constant": [np.full((64, 64), value) for value in (0, 128, 255)],
    }
