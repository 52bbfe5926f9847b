#!/usr/bin/python3
"""Masks brought back to the slices, by world coordinates (python3-numpy; check: python3-nibabel). Run in this folder; results are committed.

NAME.labels  what a model says of its box, [depth][height][width], one byte each
NAME.mask    label 2 on the slices as acquired, [slice][row][column]: for each voxel the label of the nearest of the box's voxels, found
             by the positions of both in the patient, 0 where the box does not reach
index.json   the stacks, how the box was made of them, and the affine of the mask (RAS)

    make_masks.py check NAME FILE    reads a mask by nibabel and holds it against these
"""
import json
import sys

import numpy as np

LABEL = 2
LPS = {"L": (1, 0, 0), "R": (-1, 0, 0), "P": (0, 1, 0), "A": (0, -1, 0), "S": (0, 0, 1), "I": (0, 0, -1)}
# name, columns, rows, slices, row direction, column direction, mm of column, row, slice, origin, orientation, mm of box, box (w, h, d)
STACKS = [
    ("axial", 9, 7, 5, (1, 0, 0), (0, 1, 0), (0.5, 0.75, 2.5), (-20, 10, 30), None, None, (12, 7, 4)),
    ("sagittal", 8, 6, 7, (0, 1, 0), (0, 0, -1), (1, 1, 1.25), (5, -40, 12), "LPS", None, (6, 9, 5)),
    ("flipped", 8, 9, 6, (-1, 0, 0), (0, 1, 0), (1, 1, 3), (60, -8, -5), "RAI", None, (7, 11, 6)),
    ("resampled", 11, 10, 8, (1, 0, 0), (0, -1, 0), (2, 2, 4), (3, 4, 5), "LPS", (3, 3, 3), (8, 6, 12)),
    ("oblique", 8, 9, 6, (0.8, 0.6, 0), (-0.6, 0.8, 0), (1, 1, 3), (-3, 14, -50), "RPS", (2.3, 0.7, 1.1), (4, 13, 19)),
]


def stack(name, columns, rows, slices, row, column, mm, origin, orientation, wanted, box):
    size = np.array([columns, rows, slices])
    directions = np.array([row, column, np.cross(row, column)], float)
    mm = np.array(mm, float)
    source, signs = [0, 1, 2], [1, 1, 1]
    if orientation:
        along = np.array([[np.dot(LPS[letter], direction) for direction in directions] for letter in orientation])
        source = [int(np.argmax(np.abs(line))) for line in along]
        signs = [1 if along[axis, source[axis]] > 0 else -1 for axis in range(3)]
    first = np.array(origin, float)
    for axis in range(3):
        if signs[axis] < 0:
            first = first + directions[source[axis]] * mm[source[axis]] * (size[source[axis]] - 1)
    step = np.array(wanted, float) if wanted else mm[source]
    turned = np.array([signs[axis] * directions[source[axis]] * step[axis] for axis in range(3)]).T
    there = [int(np.floor((size[source[axis]] - 1) * mm[source[axis]] / step[axis] + 1e-6)) + 1 for axis in range(3)]
    offset = [int((there[axis] - box[axis]) / 2) for axis in range(3)]

    labels = np.random.RandomState(len(name)).randint(0, 4, box[::-1]).astype(np.uint8)
    mask = np.zeros((slices, rows, columns), np.uint8)
    for k, j, i in np.ndindex(*mask.shape):
        place = np.array(origin) + (np.array([i, j, k]) * mm) @ directions
        at = np.linalg.solve(turned, place - first)
        assert np.all(np.abs(at - np.floor(at) - 0.5) > 1e-3), "halfway between two voxels"
        x, y, z = (min(int(np.round(at[axis])), there[axis] - 1) - offset[axis] for axis in range(3))
        if 0 <= x < box[0] and 0 <= y < box[1] and 0 <= z < box[2] and labels[z, y, x] == LABEL:
            mask[k, j, i] = LABEL
    affine = np.eye(4)
    affine[:3, :3] = (directions * mm[:, None]).T
    affine[:3, 3] = origin
    labels.tofile(f"{name}.labels")
    mask.tofile(f"{name}.mask")
    return {
        "name": name, "columns": columns, "rows": rows, "slices": slices,
        "imageOrientation": [float(x) for x in row + column], "pixelSpacing": [mm[1], mm[0]],
        "positions": [[float(x) for x in np.array(origin) + directions[2] * mm[2] * k] for k in range(slices)],
        "orientation": orientation, "resample": wanted and list(wanted), "box": box,
        "affine": (np.diag([-1, -1, 1, 1]) @ affine).tolist(), "voxels": int((mask == LABEL).sum()),
    }


def check(name, file):
    import nibabel

    expected = next(each for each in json.load(open("index.json")) if each["name"] == name)
    image = nibabel.load(file)
    size = (expected["slices"], expected["rows"], expected["columns"])
    mask = np.fromfile(f"{name}.mask", np.uint8).reshape(size).transpose()
    assert image.get_data_dtype() == np.uint8 and image.shape == mask.shape, image.header
    assert np.array_equal(np.asanyarray(image.dataobj), mask), "other voxels"
    assert np.allclose(image.affine, expected["affine"], atol=1e-4), image.affine
    assert image.header.get_xyzt_units()[0] == "mm" and int(image.header["sform_code"]) == 1, image.header
    assert np.allclose(image.header.get_zooms(), np.linalg.norm(image.affine[:3, :3], axis=0), atol=1e-5), image.header


if __name__ == "__main__":
    if sys.argv[1:2] == ["check"]:
        check(*sys.argv[2:])
    else:
        with open("index.json", "w") as out:
            json.dump([stack(*each) for each in STACKS], out, indent=1)
            out.write("\n")
