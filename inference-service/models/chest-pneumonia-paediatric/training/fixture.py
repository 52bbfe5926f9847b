"""Writes preparation-fixture/: stored pixels made from formulas, and what the preparation gives for them."""

import json

import numpy as np

from dataset import MODEL
from preparation import HIGH, LOW, SIZE, prepare

FOLDER = MODEL / "preparation-fixture"


def ramp_12bit_monochrome1():
    """97 columns by 61 rows, 12 bits in 16, brightest stored value is black."""
    y, x = np.mgrid[0:61, 0:97]
    return ((x * 37 + y * y * 11 + (x * y) % 97) % 4096).astype("<u2"), dict(bits_stored=12, monochrome1=True)


def waves_8bit():
    """240 columns by 300 rows, 8 bits."""
    y, x = np.mgrid[0:300, 0:240]
    wave = 127 + 90 * np.sin(x / 9.0) * np.cos(y / 13.0) + ((x * 7 + y * 13) % 31)
    return np.clip(wave, 0, 255).astype("u1"), dict(bits_stored=8)


def colour_rescaled():
    """50 columns by 40 rows, RGB, with a rescale slope and intercept."""
    y, x = np.mgrid[0:40, 0:50]
    planes = [(x * 5 + y) % 256, (x + y * 6) % 256, (x * y // 7) % 256]
    return np.stack(planes, axis=-1).astype("u1"), dict(bits_stored=8, slope=2.5, intercept=-100.0)


def write(name, samples, stored):
    (FOLDER / f"{name}.pixels.bin").write_bytes(samples.tobytes())
    (FOLDER / f"{name}.expected.bin").write_bytes(prepare(samples, **stored).astype("<f4").tobytes())
    return {
        "name": name, "pixels": f"{name}.pixels.bin", "expected": f"{name}.expected.bin",
        "rows": samples.shape[0], "columns": samples.shape[1], "samplesPerPixel": samples.shape[2] if samples.ndim == 3 else 1,
        "planar": False, "bitsAllocated": samples.itemsize * 8, "bitsStored": stored["bits_stored"], "signed": False,
        "photometric": "RGB" if samples.ndim == 3 else "MONOCHROME1" if stored.get("monochrome1") else "MONOCHROME2",
        "rescaleSlope": stored.get("slope", 1.0), "rescaleIntercept": stored.get("intercept", 0.0),
        "width": SIZE, "height": SIZE, "percentileLow": LOW, "percentileHigh": HIGH, "tolerance": 1e-4}


def main():
    FOLDER.mkdir(exist_ok=True)
    cases = [write("ramp-12bit-monochrome1", *ramp_12bit_monochrome1()), write("waves-8bit", *waves_8bit()),
             write("colour-rescaled", *colour_rescaled())]
    (FOLDER / "index.json").write_text(json.dumps({"byteOrder": "little-endian", "cases": cases}, indent=2) + "\n")


if __name__ == "__main__":
    main()
