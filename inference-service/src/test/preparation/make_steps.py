#!/usr/bin/python3
"""Makes the reference of declared preparations with numpy, scipy and torch (python3-numpy, python3-scipy, python3-torch). Committed.

Each case of steps/index.json: the declaration as it stands in a manifest, the images as a study's manifest tells of them with their
pixels (<case>.pixels, one after the other), and the tensors they must become (<case>.tensor, little-endian float32, batch axis 1).
"""
import json
import os
import numpy as np
import torch
from scipy.ndimage import map_coordinates

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "steps")
random = np.random.RandomState(7)
cases = []
PLAIN = dict(samplesPerPixel=1, planarConfiguration=0, photometricInterpretation="MONOCHROME2", bitsAllocated=16, bitsStored=16,
             highBit=15, pixelRepresentation=0, rescaleSlope=1.0, rescaleIntercept=0.0, frames=1)


def structure(*shape):
    axes = np.meshgrid(*[np.arange(n) for n in shape], indexing="ij")
    wave = 0.5 + 0.2 * np.sin(axes[-1] / 3.1) + 0.15 * np.cos(axes[-2] / 4.7 + axes[-1] / 9.0) + 0.1 * np.sin(axes[0] / 2.3)
    return np.clip(wave + random.normal(0, 0.04, shape), 0, 1)


def save(name, layout, steps, images, pixels, tensors):
    with open(os.path.join(OUT, name + ".pixels"), "wb") as out:
        for raw in pixels:
            out.write(raw)
    with open(os.path.join(OUT, name + ".tensor"), "wb") as out:
        for tensor in tensors:
            out.write(np.ascontiguousarray(tensor, dtype="<f4").tobytes())
    cases.append(dict(name=name, layout=layout, shape=list(tensors[0].shape[1:]), steps=steps, tensors=len(tensors),
                      images=[dict(PLAIN, **image, bytes=len(raw)) for image, raw in zip(images, pixels)]))


def resize(planes, height, width, mode, **how):
    """planes: channels, rows, columns"""
    tensor = torch.from_numpy(np.ascontiguousarray(planes, dtype=np.float32))[None]
    if mode != "nearest":
        how["align_corners"] = False
    return torch.nn.functional.interpolate(tensor, size=(height, width), mode=mode, **how)[0].numpy().astype(np.float64)


def crop_pad(values, shape, fill):
    result = np.full(shape, fill, dtype=np.float64)
    inner, outer = [], []
    for there, wanted in zip(values.shape, shape):
        size = min(there, wanted)
        start, to = max(0, (there - wanted) // 2), max(0, (wanted - there) // 2)
        inner.append(slice(start, start + size))
        outer.append(slice(to, to + size))
    result[tuple(outer)] = values[tuple(inner)]
    return result


def stretch(values, low, high):
    lo, hi = np.percentile(values, [low, high])
    return np.clip((values - lo) / max(hi - lo, 1e-6), 0, 1)


def linear(values, centre, width):
    """PS3.3 section C.11.2.1.2.1"""
    return np.clip((values - (centre - 0.5)) / (width - 1) + 0.5, 0, 1)


def exact(values, centre, width):
    return np.clip((values - centre) / width + 0.5, 0, 1)


def normalise(planes, mean, std, scale=1.0):
    axes = (-1,) + (1,) * (planes.ndim - 1)
    return (planes * scale - np.reshape(mean, axes)) / np.reshape(std, axes)


# greys, one frame
a = np.round((structure(44, 37) - 0.4) * 3000).astype("<i2")
grey = exact(a * 2.0 - 1024.0, 40, 400)[None]
save("fixed-window-nearest", "NCHW",
     ["window: { from: fixed, centre: 40, width: 400 }",
      "resize: { mode: squash, interpolation: nearest, width: 16, height: 11 }",
      "normalise: { mean: [0.3], std: [0.2] }"],
     [dict(rows=44, columns=37, pixelRepresentation=1, rescaleSlope=2.0, rescaleIntercept=-1024.0)], [a.tobytes()],
     [normalise(resize(grey, 11, 16, "nearest"), [0.3], [0.2])[None]])

a = np.round(structure(31, 45) * 4095).astype("<u2")
grey = linear(a * 1.0, 2000, 1500)[None]
save("linear-window-bilinear-nhwc", "NHWC",
     ["window: { from: fixed, centre: 2000, width: 1500, function: linear }",
      "resize: { mode: squash, interpolation: bilinear, width: 20, height: 12 }"],
     [dict(rows=31, columns=45, bitsStored=12, highBit=11)], [a.tobytes()],
     [resize(grey, 12, 20, "bilinear").transpose(1, 2, 0)[None]])

grey = 1 / (1 + np.exp(-4 * (a - 2000.0) / 900))[None]
save("sigmoid-window-bilinear-up", "NCHW",
     ["window: { from: fixed, centre: 2000, width: 900, function: sigmoid }",
      "resize: { mode: squash, interpolation: bilinear, width: 60, height: 40 }"],
     [dict(rows=31, columns=45, bitsStored=12, highBit=11)], [a.tobytes()],
     [resize(grey, 40, 60, "bilinear")[None]])

a = np.round(structure(19, 23) * 4095).astype("<u2")
grey = 1 - linear(a * 1.0, 1800, 2500)
rgb = np.repeat(resize(grey[None], 28, 30, "bicubic"), 3, 0)
save("object-window-inverted-bicubic-rgb", "NCHW",
     ["colour: { to: rgb }", "window: { from: object }", "invert: { when: monochrome1 }",
      "resize: { mode: squash, interpolation: bicubic, width: 30, height: 28 }",
      "normalise: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }"],
     [dict(rows=19, columns=23, bitsStored=12, highBit=11, photometricInterpretation="MONOCHROME1",
           windowCenter=[1800.0, 7.0], windowWidth=[2500.0, 9.0])], [a.tobytes()],
     [normalise(rgb, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])[None]])

a = np.round(structure(20, 22) * 200).astype("u1")
grey = exact(a * 1.0, (float(a.min()) + a.max()) / 2, float(a.max()) - a.min())[None]
save("object-without-window", "NCHW",
     ["window: { from: object }", "resize: { mode: squash, interpolation: bicubic, width: 9, height: 8 }"],
     [dict(rows=20, columns=22, bitsAllocated=8, bitsStored=8, highBit=7)], [a.tobytes()],
     [resize(grey, 8, 9, "bicubic")[None]])

a = np.round(structure(50, 33) * 60000).astype("<u2")
grey = stretch(a * 1.0, 1, 99)[None]
small = resize(grey, 24, int(np.floor(33 * 24 / 50 + 0.5)), "bilinear", antialias=True)
save("percentile-window-contain-pad", "NCHW",
     ["window: { from: percentile, low: 1, high: 99 }",
      "resize: { mode: contain, interpolation: bilinear-antialias, width: 28, height: 24 }",
      "cropPad: { width: 28, height: 24, value: 0.25 }", "normalise: { scale: 2.0, mean: [0.5] }"],
     [dict(rows=50, columns=33)], [a.tobytes()],
     [normalise(crop_pad(small, (1, 24, 28), 0.25), [0.5], [1.0], 2.0)[None]])

a = np.round((structure(34, 52) - 0.5) * 200).astype("i1")
small = resize(a[None] * 1.0, 21, int(np.floor(52 * 21 / 34 + 0.5)), "bilinear", antialias=True)
small = (small - small.mean()) / small.std()
save("cover-standard-score-crop", "NCHW",
     ["resize: { mode: cover, interpolation: bilinear-antialias, width: 18, height: 21 }",
      "intensity: { kind: standard-score }", "cropPad: { width: 18, height: 21 }"],
     [dict(rows=34, columns=52, bitsAllocated=8, bitsStored=8, highBit=7, pixelRepresentation=1)], [a.tobytes()],
     [crop_pad(small, (1, 21, 18), 0)[None]])

a = np.round((structure(15, 26) - 0.5) * 4000).astype(np.int32)
grey = (-2048.0 + 2047.0 - a) * 0.5 + 10
save("native-size-inverted", "NCHW",
     ["invert: { when: monochrome1 }", "cropPad: { width: 21, height: 20, value: -1 }"],
     [dict(rows=15, columns=26, bitsStored=12, highBit=11, pixelRepresentation=1, photometricInterpretation="MONOCHROME1",
           rescaleSlope=0.5, rescaleIntercept=10.0)], [(a & 0xFFF).astype("<u2").tobytes()],
     [crop_pad(grey[None], (1, 20, 21), -1)[None]])

# colours
rgb = np.stack([np.round(structure(25, 32) * 255) for _ in range(3)]).astype("u1")
mean, std = [0.5, 0.4, 0.3], [0.2, 0.25, 0.3]
save("colour-planes-nhwc", "NHWC",
     ["colour: { to: rgb }", "resize: { mode: squash, interpolation: bilinear, width: 14, height: 10 }",
      "normalise: { scale: 0.00392156862745098, mean: [0.5, 0.4, 0.3], std: [0.2, 0.25, 0.3] }"],
     [dict(rows=25, columns=32, bitsAllocated=8, bitsStored=8, highBit=7, samplesPerPixel=3, planarConfiguration=1,
           photometricInterpretation="RGB")], [rgb.tobytes()],
     [normalise(resize(rgb * 1.0, 10, 14, "bilinear"), mean, std, 1 / 255).transpose(1, 2, 0)[None]])

save("colour-windowed-percentile", "NCHW",
     ["colour: { to: rgb }", "window: { from: object }",
      "resize: { mode: squash, interpolation: bilinear-antialias, width: 12, height: 12 }",
      "intensity: { kind: percentile, low: 2, high: 98 }"],
     [dict(rows=25, columns=32, bitsAllocated=8, bitsStored=8, highBit=7, samplesPerPixel=3,
           photometricInterpretation="RGB")], [rgb.transpose(1, 2, 0).tobytes()],
     [stretch(resize(rgb / 255.0, 12, 12, "bilinear", antialias=True), 2, 98)[None]])

deep = np.stack([np.round(structure(21, 18) * 65535) for _ in range(3)], -1).astype("<u2")
save("colour-16-bit-to-grey", "NCHW",
     ["colour: { to: grey }", "window: { from: fixed, centre: 30000, width: 50000 }",
      "resize: { mode: squash, interpolation: bicubic, width: 12, height: 25 }"],
     [dict(rows=21, columns=18, samplesPerPixel=3, photometricInterpretation="RGB")], [deep.tobytes()],
     [resize(exact(deep @ np.array([0.299, 0.587, 0.114]), 30000, 50000)[None], 25, 12, "bicubic")[None]])

# frames
a = np.round(structure(4, 17, 15) * 255).astype("u1")
frames = [resize(frame[None] / 255.0, 9, 9, "bilinear")[None] for frame in a * 1.0]
steps = ["window: { from: fixed, centre: 127.5, width: 255 }", "resize: { mode: squash, interpolation: bilinear, width: 9, height: 9 }"]
several = dict(rows=17, columns=15, bitsAllocated=8, bitsStored=8, highBit=7, frames=4)
save("frames-all", "NCHW", ["frames: { take: all }"] + steps, [several], [a.tobytes()], frames)
save("frames-first", "NCHW", ["frames: { take: first }"] + steps, [several], [a.tobytes()], frames[:1])
save("frames-middle", "NCHW", ["frames: { take: middle }"] + steps, [several], [a.tobytes()], frames[2:3])


# volumes: values[slice, row, column] at directions row, column, normal
def stack(values, spacing, row, column, origin, shuffled, **attributes):
    row, column = np.array(row, float), np.array(column, float)
    normal = np.cross(row, column)
    images = [dict(rows=values.shape[1], columns=values.shape[2], pixelSpacing=[spacing[1], spacing[2]],
                   imageOrientation=list(row) + list(column),
                   imagePosition=[round(float(c), 6) for c in np.array(origin) + k * spacing[0] * normal], **attributes)
              for k in range(values.shape[0])]
    return [images[k] for k in shuffled], [values[k].tobytes() for k in shuffled]


def resample(values, spacing, wanted):
    sizes = [int(np.floor((n - 1) * s / w + 1e-6)) + 1 for n, s, w in zip(values.shape, spacing, wanted)]
    grid = np.meshgrid(*[np.minimum(np.arange(m) * w / s, n - 1) for m, n, s, w in zip(sizes, values.shape, spacing, wanted)],
                       indexing="ij")
    return map_coordinates(values, grid, order=1, mode="nearest")


a = np.round((structure(9, 20, 18) - 0.4) * 2500).astype("<i2")
images, pixels = stack(a, (3.0, 0.8, 0.7), (1, 0, 0), (0, 1, 0), (-50, -60, 100), [4, 0, 8, 2, 6, 1, 3, 7, 5],
                       pixelRepresentation=1, rescaleSlope=1.0, rescaleIntercept=-24.0)
v = resample(exact(a - 24.0, 100, 900), (3.0, 0.8, 0.7), (2.0, 1.1, 1.0))
save("volume-axial-resampled", "NCDHW",
     ["frames: { take: volume, leastSlices: 5, orientation: LPS }", "window: { from: fixed, centre: 100, width: 900 }",
      "resample: { interpolation: trilinear, depth: 2.0, height: 1.1, width: 1.0 }",
      "cropPad: { depth: 10, height: 16, width: 12, value: 0.5 }", "normalise: { mean: [0.5], std: [0.5] }"],
     images, pixels, [normalise(crop_pad(v, (10, 16, 12), 0.5)[None], [0.5], [0.5])[None]])

# columns run to the back, rows to the feet, slices to the right: a sagittal stack; turned to RAS
a = np.round(structure(7, 14, 16) * 4095).astype("<u2")
images, pixels = stack(a, (2.5, 1.0, 1.2), (0, 1, 0), (0, 0, -1), (30, -40, 200), [0, 6, 1, 5, 2, 4, 3], bitsStored=12, highBit=11)
v = a.astype(float)[:, ::-1, ::-1]           # slices to the right, rows to the head, columns to the front
v = v.transpose(1, 2, 0)                     # depth to the head, height to the front, width to the right
v = stretch(resample(v, (1.0, 1.2, 2.5), (1.5, 1.5, 2.0)), 1, 99)
save("volume-sagittal-to-ras", "NCDHW",
     ["frames: { take: volume, leastSlices: 3, orientation: RAS }",
      "resample: { interpolation: trilinear, depth: 1.5, height: 1.5, width: 2.0 }",
      "intensity: { kind: percentile, low: 1, high: 99 }", "cropPad: { depth: 8, height: 14, width: 9 }"],
     images, pixels, [crop_pad(v, (8, 14, 9), 0)[None, None]])

a = np.round(structure(5, 11, 12) * 1023).astype("<u2")
images, pixels = stack(a, (4.0, 0.9, 0.9), (1, 0, 0), (0, 0, -1), (0, 0, 0), [1, 0, 2, 4, 3], bitsStored=10, highBit=9,
                       photometricInterpretation="MONOCHROME1")
v = 1023.0 - a
v = (v - v.mean()) / v.std()
save("volume-as-acquired-inverted", "NCDHW",
     ["frames: { take: volume, leastSlices: 3 }", "invert: { when: monochrome1 }", "intensity: { kind: standard-score }",
      "cropPad: { depth: 4, height: 13, width: 9, value: -3 }"],
     images, pixels, [crop_pad(v, (4, 13, 9), -3)[None, None]])

with open(os.path.join(OUT, "index.json"), "w") as out:
    json.dump(cases, out, indent=1)
    out.write("\n")
