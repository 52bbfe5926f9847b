"""Reads the radiographs, splits them by patient, and keeps decoded arrays under `work/`.

Layout of the data folder: `cxr/kermany224`, `cxr/kermany512`, `cxr/kermany_original` (see README.md for the source).
"""

import argparse
import csv
import hashlib
import io
import pathlib
import tarfile

import numpy as np
from PIL import Image

from preparation import grey, squash

TRAINING = pathlib.Path(__file__).resolve().parent
MODEL = TRAINING.parent
ROOT = MODEL.parents[2]
WORK = TRAINING / "work"
CACHE = 224
SPLITS = ("train", "val", "calibration")


def arguments(description):
    """The argument every script takes: --data."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data",
                        help="folder that holds cxr/ (default: ../shared/data from the project root)")
    return parser


def rows(folder):
    with open(folder / "labels.csv", newline="") as file:
        return list(csv.DictReader(file))


def decode(data):
    """An encoded image as 8-bit grey, or as RGB where it has three samples."""
    image = Image.open(io.BytesIO(data))
    return np.asarray(image if image.mode == "L" else image.convert("RGB"))


def read_tar(path):
    """File name to decoded image."""
    with tarfile.open(path) as tar:
        return {pathlib.Path(m.name).name: decode(tar.extractfile(m).read()) for m in tar if m.isfile()}


def read_train224(data):
    folder = data / "cxr" / "kermany224"
    images = read_tar(folder / "train_NORMAL.tar") | read_tar(folder / "train_PNEUMONIA.tar")
    return [(row, images[row["file"]]) for row in rows(folder) if row["split"] == "train"]


def read_512(data):
    folder = data / "cxr" / "kermany512"
    images = read_tar(folder / "full_NORMAL.tar") | read_tar(folder / "full_PNEUMONIA.tar")
    return [(row, images[row["file"]]) for row in rows(folder)]


def read_original(data):
    folder = data / "cxr" / "kermany_original"
    return [(row, decode((folder / row["label"] / row["file"]).read_bytes())) for row in rows(folder)]


def read_test_half(data):
    """The held-out half of the official test split. Only evaluate.py calls this."""
    folder = data / "cxr" / "kermany224"
    images = read_tar(folder / "test_half_shared.tar")
    return [(row, images[row["file"]]) for row in rows(folder) if row["split"] == "test"]


def share(patient):
    """A number in 0..1 that depends on the patient alone."""
    digest = hashlib.sha256(("prelim-chest-1:" + patient).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def split_of(patient, test_patients, original_patients):
    """Where a patient goes; numbers the test split uses too are left out, those with an original-size image are held out."""
    if patient in test_patients:
        return "excluded"
    if patient in original_patients:
        return "calibration"
    at = share(patient)
    return "val" if at < 0.08 else "calibration" if at < 0.20 else "train"


def splits(data):
    """Patient to split, for all patients of the training radiographs."""
    all_rows = rows(data / "cxr" / "kermany224")
    test = {row["patient"] for row in all_rows if row["split"] == "test"}
    original = {row["patient"] for row in rows(data / "cxr" / "kermany_original")}
    return {row["patient"]: split_of(row["patient"], test, original) for row in all_rows if row["split"] == "train"}


def to_cache(image):
    """8-bit grey at the size of the squashed set."""
    value = grey(image)
    if value.shape != (CACHE, CACHE):
        value = squash(value, CACHE, CACHE)
    return np.clip(np.rint(value), 0, 255).astype(np.uint8)


def label_of(row):
    return 0 if row["label"] == "NORMAL" else 1


def load(data):
    """Split to arrays `images` (N, 224, 224) uint8, `labels`, `source` (224 or 512), `aspect` and `patient`; decoded once.

    `aspect` is width over height before squashing, where the 512 px set tells it (for its twin of 224 px too), else NaN.
    """
    path = WORK / "images.npz"
    if not path.exists():
        WORK.mkdir(exist_ok=True)
        np.savez(path, **collect(data))
    stored = np.load(path)
    return {split: {key: stored[f"{split}_{key}"] for key in ("images", "labels", "source", "aspect", "patient")} for split in SPLITS}


def collect(data):
    split = splits(data)
    tagged = [(row, image, 224) for row, image in read_train224(data)]
    tagged += [(row, image, 512) for row, image in read_512(data)]
    aspects = {row["file"]: int(row["orig_w"]) / int(row["orig_h"]) for row in rows(data / "cxr" / "kermany512")}
    arrays = {}
    for name in SPLITS:
        chosen = [entry for entry in tagged if split[entry[0]["patient"]] == name]
        arrays[f"{name}_images"] = np.stack([to_cache(image) for _, image, _ in chosen])
        arrays[f"{name}_labels"] = np.array([label_of(row) for row, _, _ in chosen])
        arrays[f"{name}_aspect"] = np.array([aspects.get(row["file"], np.nan) for row, _, _ in chosen])
        arrays[f"{name}_patient"] = np.array([row["patient"] for row, _, _ in chosen])
        arrays[f"{name}_source"] = np.array([source for _, _, source in chosen])
    return arrays


if __name__ == "__main__":
    loaded = load(arguments(__doc__).parse_args().data)
    for name, part in loaded.items():
        print(f"{name}: {len(part['labels'])} images, {int(part['labels'].sum())} pneumonia, "
              f"{int((part['source'] == 512).sum())} of the 512 px set")
