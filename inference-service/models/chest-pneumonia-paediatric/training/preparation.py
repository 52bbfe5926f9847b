"""The preparation the manifest declares, in numpy: the one definition that training, calibration and evaluation use.

The runtime repeats it from the manifest; `preparation-fixture/` holds inputs and expected outputs for that.
All arithmetic is float64, the result float32 in 0..1.
"""

import functools

import numpy as np

SIZE = 160
LOW, HIGH = 0.5, 99.5
MINIMUM_RANGE = 1e-6
LUMA = np.array([0.299, 0.587, 0.114])


def grey(samples, slope=1.0, intercept=0.0, bits_stored=8, monochrome1=False):
    """Stored samples (H, W) or (H, W, 3) to grey (H, W): luma of three samples, rescale, then MONOCHROME1 turned over.

    The turn is `maximum - value`, where the maximum is the rescaled largest value of the unsigned stored range.
    """
    values = np.asarray(samples, dtype=np.float64)
    if values.ndim == 3:
        values = values @ LUMA
    values = values * slope + intercept
    if monochrome1:
        values = ((1 << bits_stored) - 1) * slope + intercept - values
    return values


@functools.lru_cache(maxsize=64)
def triangle_weights(size_in, size_out):
    """Row i holds the weights of the input samples in output sample i (bilinear with antialias, half-pixel centres)."""
    scale = size_in / size_out
    support = max(scale, 1.0)
    weights = np.zeros((size_out, size_in))
    for i in range(size_out):
        centre = (i + 0.5) * scale
        first = max(int(centre - support + 0.5), 0)
        last = min(int(centre + support + 0.5), size_in)
        taps = np.arange(first, last)
        weight = np.maximum(0.0, 1.0 - np.abs((taps - centre + 0.5) / support))
        weights[i, first:last] = weight / weight.sum()
    return weights


def squash(image, width=SIZE, height=SIZE):
    """Resize without keeping the aspect: horizontally, then vertically."""
    horizontal = image @ triangle_weights(image.shape[1], width).T
    return triangle_weights(image.shape[0], height) @ horizontal


def percentile_normalise(image, low=LOW, high=HIGH):
    """Map the low and high percentile (linear interpolation between order statistics) to 0 and 1, and clip."""
    lo, hi = np.percentile(image, [low, high])
    return np.clip((image - lo) / max(hi - lo, MINIMUM_RANGE), 0.0, 1.0).astype(np.float32)


def prepare(samples, **stored):
    """Stored samples to the model's input (SIZE, SIZE); `stored` as for `grey`."""
    return percentile_normalise(squash(grey(samples, **stored)))
