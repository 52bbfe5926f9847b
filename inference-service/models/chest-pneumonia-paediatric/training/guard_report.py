"""How often the guard accepts radiographs and rejects everything else; writes guard.json. No image of the test split is read.

The radiographs are those of the calibration split and the two other resolutions; the negatives are `negatives.probes` on the
validation split and, where the folder is present, the decodable single-frame images of DATA/dicom.
"""

import json
import warnings

import numpy as np
import pydicom
import torch

from calibrate import DECISIONS, run, scope
from dataset import MODEL, arguments, load, read_512, read_original
from negatives import probes
from preparation import prepare
from train import inputs

REPORT = MODEL / "training" / "guard.json"
SMALLEST_SIDE = 64


def distances(guard, images):
    return run(guard, torch.from_numpy(np.stack([prepare(image) for image in images])).unsqueeze(1))


def middle_frame(dataset):
    pixels = dataset.pixel_array
    if dataset.get("NumberOfFrames", 1) > 1:
        pixels = pixels[len(pixels) // 2]
    return prepare(pixels, bits_stored=dataset.BitsStored, monochrome1=dataset.PhotometricInterpretation == "MONOCHROME1")


def dicom_images(folder):
    """Relative path, modality and body part, prepared image; what this Python cannot decode is passed over."""
    for path in sorted(folder.rglob("*")):
        try:
            dataset = pydicom.dcmread(path, force=True)
            if min(dataset.Rows, dataset.Columns) < SMALLEST_SIDE:
                continue
            yield path.relative_to(folder), dataset.get("Modality") or "?", dataset.get("BodyPartExamined") or "", middle_frame(dataset)
        except Exception:   # a corpus of broken files: whatever does not decode is not an image
            continue


def dicom_report(guard, folder, threshold):
    rejected, total, accepted = 0, 0, []
    for path, modality, body, image in dicom_images(folder):
        distance = float(run(guard, torch.from_numpy(image)[None, None])[0])
        total += 1
        rejected += distance >= threshold
        if distance < threshold:
            accepted.append(f"{path} ({modality} {body}): {distance:.3f}")
    return {"images": total, "rejected": int(rejected), "accepted": accepted}


def main():
    data_folder = arguments(__doc__).parse_args().data
    warnings.filterwarnings("ignore")
    torch.set_num_threads(2)
    threshold = json.loads(DECISIONS.read_text())["scope_threshold"]
    guard, data = scope(), load(data_folder)
    calibration = data["calibration"]
    radiographs = {
        "calibration split, 224 px": run(guard, inputs(calibration["images"][calibration["source"] == 224])),
        "512 px set": distances(guard, [image for _, image in read_512(data_folder)]),
        "original size": distances(guard, [image for _, image in read_original(data_folder)])}
    negatives = {name: distances(guard, images) for name, images in
                 probes(list(data["val"]["images"][:120]), np.random.default_rng(3)).items()}
    report = {
        "threshold": threshold,
        "accepted": {name: {"images": len(d), "rate": round(float((d < threshold).mean()), 4)} for name, d in radiographs.items()},
        "rejected": {name: {"images": len(d), "rate": round(float((d >= threshold).mean()), 4)} for name, d in negatives.items()}}
    if (data_folder / "dicom").exists():
        report["dicom"] = dicom_report(guard, data_folder / "dicom", threshold)
    REPORT.write_text(json.dumps(report, indent=2) + "\n")
    print(REPORT.read_text())


if __name__ == "__main__":
    main()
