#!/usr/bin/python3
"""Makes the reference of the preparation tests with numpy and torch (python3-numpy, python3-torch). Results are committed.

Each case: pixels as a DICOM object holds them (<case>.pixels) and the tensor they must become (<case>.tensor, little-endian float32).
"""
import json
import numpy as np
import torch

random = np.random.RandomState(20)
cases = []


def structure(rows, columns):
    y, x = np.mgrid[0:rows, 0:columns]
    wave = 0.5 + 0.25 * np.sin(x / 3.1) + 0.2 * np.cos(y / 4.7 + x / 9.0)
    return np.clip(wave + random.normal(0, 0.05, (rows, columns)), 0, 1)


def reference(grey, size, low, high):
    tensor = torch.from_numpy(np.ascontiguousarray(grey, dtype=np.float32))[None, None]
    small = torch.nn.functional.interpolate(
        tensor, size=(size, size), mode="bilinear", align_corners=False, antialias=True)[0, 0].numpy()
    lo, hi = np.percentile(small, [low, high])
    return np.clip((small - lo) / max(hi - lo, 1e-6), 0, 1).astype("<f4")


def case(name, raw, grey, size, **attributes):
    rows, columns = grey.shape
    with open(name + ".pixels", "wb") as out:
        out.write(raw + (b"\0" if len(raw) % 2 else b""))
    with open(name + ".tensor", "wb") as out:
        out.write(reference(grey, size, 0.5, 99.5).tobytes())
    cases.append(dict(dict(name=name, rows=rows, columns=columns, size=size, samplesPerPixel=1, planarConfiguration=0,
                           photometricInterpretation="MONOCHROME2", bitsAllocated=8, bitsStored=8, highBit=7,
                           pixelRepresentation=0, rescaleSlope=1.0, rescaleIntercept=0.0), **attributes))


a = np.round(structure(53, 41) * 255).astype(np.uint8)
case("grey8-down", a.tobytes(), a, 16)
a = np.round(structure(9, 13) * 255).astype(np.uint8)
case("grey8-up", a.tobytes(), a, 16)
a = np.round(structure(40, 33) * 4095).astype("<u2")
case("grey12-inverted", (a | 0xA000).astype("<u2").tobytes(), 4095.0 - a, 16, photometricInterpretation="MONOCHROME1",
     bitsAllocated=16, bitsStored=12, highBit=11)
a = np.round((structure(37, 50) - 0.5) * 60000).astype("<i2")
case("signed16-rescaled", a.tobytes(), a * 0.5 - 1024.0, 16, bitsAllocated=16, bitsStored=16, highBit=15,
     pixelRepresentation=1, rescaleSlope=0.5, rescaleIntercept=-1024.0)
a = np.round((structure(30, 30) - 0.5) * 4000).astype(np.int32)
case("signed12-high15", ((a & 0xFFF) << 4).astype("<u2").tobytes(), a.astype(np.float64), 16, bitsAllocated=16, bitsStored=12,
     highBit=15, pixelRepresentation=1)
rgb = np.stack([np.round(structure(45, 35) * 255) for _ in range(3)], -1).astype(np.uint8)
grey = rgb.astype(np.float64) @ np.array([0.299, 0.587, 0.114])
case("rgb-interleaved", rgb.tobytes(), grey, 16, samplesPerPixel=3, photometricInterpretation="RGB")
case("rgb-planar", rgb.transpose(2, 0, 1).tobytes(), grey, 16, samplesPerPixel=3, planarConfiguration=1,
     photometricInterpretation="RGB")
case("ybr-full", rgb.tobytes(), rgb[..., 0].astype(np.float64), 16, samplesPerPixel=3, photometricInterpretation="YBR_FULL")
a = np.zeros((20, 20), dtype=np.uint8)  # any other shade would be rounding noise, stretched
case("one-shade", a.tobytes(), a, 16)
with open("index.json", "w") as out:
    json.dump(cases, out, indent=1)
    out.write("\n")
