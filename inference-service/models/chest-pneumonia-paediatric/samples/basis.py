"""Makes the basis of the synthetic radiographs from the training split: no single radiograph can be read out of it.

Radiographs are brought to a common pose, the least typical are left out, and principal components are taken. Kept are the mean, the
components as int8, mean and covariance of the coefficients by class, and how strong the remaining texture is where and at which scale.
The file, big-endian: int magic, version, size n, components k, octaves o; float mean[n*n], texture[n*n], octave[o];
for normal, then pneumonia: float centre[k], float lower Cholesky rows[k*(k+1)/2]; float step[k]; byte component[k][n*n].
"""

import pathlib
import sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "training"))

from dataset import ROOT, arguments, load   # noqa: E402
from preparation import percentile_normalise, squash   # noqa: E402

SIZE = 160
COARSE = 56
COMPONENTS = 60
OCTAVES = (160, 80, 40, 20)
TYPICAL = 0.6
ZOOMS = np.linspace(0.85, 1.18, 7)
MAGIC, VERSION = 0x50524C53, 1
TARGET = ROOT / "shared-model/testkit/src/main/resources/io/prelim/testkit/sample/chest-basis.bin"


def zoomed(image, across, down):
    """The image magnified about its centre, edges repeated."""
    n = len(image)
    at = lambda zoom: np.clip(((np.arange(n) + 0.5 - n / 2) / zoom + n / 2 - 0.5), 0, n - 1)
    return bilinear(image, at(down), at(across))


def bilinear(image, ys, xs):
    y0, x0 = np.minimum(ys.astype(int), len(image) - 2), np.minimum(xs.astype(int), len(image) - 2)
    fy, fx = (ys - y0)[:, None], (xs - x0)[None, :]
    rows = image[y0] * (1 - fy) + image[y0 + 1] * fy
    return rows[:, x0] * (1 - fx) + rows[:, x0 + 1] * fx


def standardised(image):
    return (image - image.mean()) / (image.std() + 1e-6)


def best_pose(image, spectrum):
    """Zoom and shift (fractions of the side) that correlate best with the reference; also the correlation."""
    best = (-1.0, 1.0, 1.0, 0, 0)
    for across in ZOOMS:
        for down in ZOOMS:
            moved = standardised(zoomed(image, across, down))
            match = np.fft.irfft2(spectrum * np.conj(np.fft.rfft2(moved)), s=moved.shape) / moved.size
            reach = COARSE // 8
            near = np.roll(match, (reach, reach), (0, 1))[:2 * reach + 1, :2 * reach + 1]
            peak = np.unravel_index(near.argmax(), near.shape)
            if near[peak] > best[0]:
                best = (near[peak], across, down, (peak[0] - reach) / COARSE, (peak[1] - reach) / COARSE)
    return best


def posed(image, pose):
    """The image in that pose, edges repeated."""
    _, across, down, dy, dx = pose
    n = len(image)
    at = lambda zoom, shift: np.clip((np.arange(n) + 0.5 - n / 2 - shift * n) / zoom + n / 2 - 0.5, 0, n - 1)
    return bilinear(image, at(down, dy), at(across, dx))


def align(images, rounds=2):
    """All images in a common pose, and how well each fits."""
    coarse = [squash(image, COARSE, COARSE) for image in images]
    reference = np.mean(coarse, axis=0)
    for _ in range(rounds):
        spectrum = np.fft.rfft2(standardised(reference))
        poses = [best_pose(image, spectrum) for image in coarse]
        reference = np.mean([posed(image, pose) for image, pose in zip(coarse, poses)], axis=0)
    return np.stack([posed(image, pose) for image, pose in zip(images, poses)]), np.array([pose[0] for pose in poses])


def typical(fit, labels):
    """The best fitting share of each class."""
    chosen = np.zeros(len(fit), bool)
    for label in (0, 1):
        chosen |= (labels == label) & (fit >= np.quantile(fit[labels == label], 1 - TYPICAL))
    return chosen


def components(flat, labels):
    """Mean and leading components; the classes weigh the same."""
    weight = np.where(labels == 0, 0.5 / (labels == 0).sum(), 0.5 / (labels == 1).sum())
    mean = weight @ flat
    _, _, vectors = np.linalg.svd((flat - mean) * np.sqrt(weight)[:, None], full_matrices=False)
    return mean, vectors[:COMPONENTS]


def quantised(vectors):
    step = np.abs(vectors).max(axis=1) / 127
    return step, np.rint(vectors / step[:, None]).astype(np.int8)


def texture(rest):
    """Where the remaining texture is strong (standard deviation by pixel, smoothed), and its share by octave."""
    spread = rest.std(axis=0).reshape(SIZE, SIZE)
    spread = squash(squash(spread, 40, 40), SIZE, SIZE)
    relative = (rest.reshape(-1, SIZE, SIZE)[::10] / spread)
    shares, current = [], relative
    for coarser in OCTAVES[1:] + (10,):
        smooth = np.stack([squash(squash(image, coarser, coarser), SIZE, SIZE) for image in current])
        shares.append((current - smooth).std())
        current = smooth
    return spread, np.array(shares)


def write(path, mean, spread, octaves, classes, step, vectors):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as file:
        file.write(np.array([MAGIC, VERSION, SIZE, COMPONENTS, len(OCTAVES)], ">i4").tobytes())
        for values in (mean, spread, octaves):
            file.write(np.asarray(values, ">f4").tobytes())
        for centre, lower in classes:
            file.write(np.asarray(centre, ">f4").tobytes())
            file.write(np.asarray(lower[np.tril_indices(COMPONENTS)], ">f4").tobytes())
        file.write(np.asarray(step, ">f4").tobytes())
        file.write(vectors.tobytes())


def main():
    part = load(arguments(__doc__).parse_args().data)["train"]
    once = part["source"] == 224
    labels = part["labels"][once]
    images = np.stack([percentile_normalise(squash(image.astype(float), SIZE, SIZE)) for image in part["images"][once]])
    aligned, fit = align(images)
    chosen = typical(fit, labels)
    flat, labels = aligned[chosen].reshape(chosen.sum(), -1), labels[chosen]
    mean, vectors = components(flat, labels)
    step, small = quantised(vectors)
    coefficients = (flat - mean) @ vectors.T
    classes = [(coefficients[labels == label].mean(axis=0), np.linalg.cholesky(np.cov(coefficients[labels == label].T)))
               for label in (0, 1)]
    spread, octaves = texture(flat - mean - coefficients @ vectors)
    write(TARGET, mean, spread, octaves, classes, step, small)
    print(f"{chosen.sum()} radiographs, octaves {octaves.round(3)}, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
