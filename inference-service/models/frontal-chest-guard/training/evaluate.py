"""The one evaluation of the guard; writes ../evaluation.json. Run once, after decisions.json is committed.

Radiographs: the calibration split, whose patients the guard has not seen, in both resolutions and at original size. Negatives: the kinds
`negatives.UNSEEN`, made from radiographs of the validation split; photographs; constants; and, where the folder is present, the
decodable images of DATA/dicom by modality, those of a chest from the front left out. `least` is the smallest distance of a kind: a threshold
below it rejects them all. Two adult chests are told apart from these: the guard does not judge age. No image of the official test split is
read. LOOKS tells what earlier versions showed on the same images.
"""

import json
import warnings

import numpy as np
import pydicom
import torch
from PIL import Image

from chest import GUARD
from dataset import arguments, load, read_original
from decide import DECISIONS, distances, guard
from export import VERSION
from negatives import UNSEEN, photographs
from preparation import prepare
from train import inputs

REPORT = GUARD / "evaluation.json"
SMALLEST_SIDE = 64
IMAGES = 120
CHESTS = {"RG1_J2KI.dcm"}
LOOKS = [{"version": "1.0.0", "date": "2026-11-27", "falseRefusal": 0.0136, "rejectedUnseen": 1.0},
         {"version": "1.1.0, withdrawn: components of varied radiographs", "date": "2026-11-27", "falseRefusal": 0.0095,
          "rejectedUnseen": 0.9379, "shortOfGoal": {"specks": 0.45, "photograph": 0.9167, "photograph, inverted": 0.9167,
                                                    "half a chest (lateral-like)": 0.9667}}]


def prepared(images):
    return torch.from_numpy(np.stack([prepare(image) for image in images])).unsqueeze(1)


def middle_frame(dataset):
    pixels = dataset.pixel_array
    if dataset.get("NumberOfFrames", 1) > 1:
        pixels = pixels[len(pixels) // 2]
    return prepare(pixels, bits_stored=dataset.BitsStored, monochrome1=dataset.PhotometricInterpretation == "MONOCHROME1")


def dicom_images(folder):
    """Modality, prepared image; what this Python cannot decode is passed over."""
    for path in sorted(folder.rglob("*")):
        try:
            dataset = pydicom.dcmread(path, force=True)
            if min(dataset.Rows, dataset.Columns) >= SMALLEST_SIDE and path.name not in CHESTS:
                yield dataset.get("Modality") or "not named", middle_frame(dataset)
        except Exception:   # a corpus of broken files: whatever does not decode is not an image
            continue


def rate(found, threshold):
    return {"images": len(found), "rate": round(float((np.array(found) > threshold).mean()), 4)}


def rejection(found, threshold):
    return rate(found, threshold) | {"least": round(float(np.min(found)), 3)}


def main():
    folder = arguments(__doc__).parse_args().data
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    threshold, network, rng = json.loads(DECISIONS.read_text())["threshold"], guard(), np.random.default_rng(3)
    data = load(folder)

    def far(x):
        return distances(network, x)

    held = data["calibration"]
    radiographs = {
        "held-out patients, 224 px": far(inputs(held["images"][held["source"] == 224])),
        "held-out patients, 512 px": far(inputs(held["images"][held["source"] == 512])),
        "held-out patients, original size": far(prepared([image for _, image in read_original(folder)]))}
    made = {name: far(prepared([make(image, rng) for image in data["val"]["images"][:IMAGES]])) for name, make in UNSEEN.items()}
    made["photograph"] = far(prepared(list(photographs().values())))
    made["photograph, inverted"] = far(prepared([255 - image for image in photographs().values()]))
    made["constant"] = far(prepared([np.full((64, 64), value) for value in (0, 128, 255)]))
    if (folder / "dicom").exists():
        for modality, image in dicom_images(folder / "dicom"):
            made.setdefault(f"DICOM, {modality}", []).append(float(far(torch.from_numpy(image)[None, None])[0]))
    adults = far(prepared([np.asarray(Image.open(path).convert("L")) for path in sorted((folder / "cxr" / "nih_samples").glob("*.png"))]))
    report = {"version": VERSION, "threshold": threshold,
              "falseRefusal": {name: rate(found, threshold) for name, found in radiographs.items()},
              "falseRefusalAll": rate(np.concatenate(list(radiographs.values())), threshold),
              "rejectedUnseen": {name: rejection(found, threshold) for name, found in sorted(made.items())},
              "rejectedUnseenAll": rejection(np.concatenate(list(made.values())), threshold),
              "adults": rate(adults, threshold), "looks": len(LOOKS) + 1, "earlierLooks": LOOKS}
    REPORT.write_text(json.dumps(report, indent=2) + "\n")
    print(REPORT.read_text())


if __name__ == "__main__":
    main()
