"""The one evaluation of this version on the shared half of the official test split; writes package/validation.json.

Run once a version, after decisions.json, the package and PROTOCOL.md are committed; LOOKS tells what the half showed each time. Intervals are 95 %:
bootstrap over images within each class (2000 draws) for the AUC, Wilson for proportions.
"""

import datetime
import hashlib
import json

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from calibrate import DECISIONS, calibration_error, ensemble, guard_distances, probability, run
from dataset import MODEL, arguments, label_of, read_test_half
from export import VERSION
from preparation import prepare

REPORT = MODEL / "package" / "validation.json"
FLOOR = 0.968
GOALS = {"auc": 0.98, "ece": 0.03}
LOOKS = [{"version": "1.0.0", "date": "2026-11-24", "auc": 0.9585, "ece": 0.1289, "sensitivity": 0.9786, "specificity": 0.7265},
         {"version": "1.1.0", "date": "2026-11-27", "auc": 0.9811, "ece": 0.0523, "sensitivity": 0.9786, "specificity": 0.8376},
         {"version": "1.2.0, line for a prevalence of 62.5 %, withdrawn", "date": "2026-11-27", "auc": 0.9811, "ece": 0.0613,
          "sensitivity": 0.9786, "specificity": 0.8376}]


def bootstrap_auc(labels, scores, draws=2000):
    rng = np.random.default_rng(5)
    groups = [np.flatnonzero(labels == value) for value in (0, 1)]
    areas = []
    for _ in range(draws):
        chosen = np.concatenate([rng.choice(group, len(group)) for group in groups])
        areas.append(roc_auc_score(labels[chosen], scores[chosen]))
    return [round(float(v), 4) for v in np.percentile(areas, [2.5, 97.5])]


def wilson(hits):
    n, share, z = len(hits), float(np.mean(hits)), 1.959964
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return {"value": round(share, 4), "ci95": [round(centre - reach, 4), round(centre + reach, 4)], "n": n}


def figures(labels, p, threshold):
    called = p >= threshold
    return {
        "images": len(labels), "pneumonia": int(labels.sum()),
        "auc": {"value": round(float(roc_auc_score(labels, p)), 4), "ci95": bootstrap_auc(labels, p), "method": "bootstrap"},
        "accuracy": wilson(called == (labels == 1)),
        "sensitivity": wilson(called[labels == 1]),
        "specificity": wilson(~called[labels == 0]),
        "ece": calibration_error(labels, p)}


def main():
    entries = read_test_half(arguments(__doc__).parse_args().data)
    decisions = json.loads(DECISIONS.read_text())
    torch.set_num_threads(1)
    x = torch.from_numpy(np.stack([prepare(image) for _, image in entries])).unsqueeze(1)
    labels = np.array([label_of(row) for row, _ in entries])
    subtype = np.array([row["subtype"] for row, _ in entries])
    p = probability(run(ensemble(), x), decisions["calibration"]["slope"], decisions["calibration"]["intercept"])
    accepted = guard_distances(x) <= decisions["scope_threshold"]
    threshold = decisions["threshold"]
    report = {
        "schema": "prelim.validation/1", "model": "chest-pneumonia-paediatric", "version": VERSION,
        "onnxSha256": hashlib.sha256((REPORT.parent / "model.onnx").read_bytes()).hexdigest(),
        "date": datetime.date.today().isoformat(),
        "data": "half (304 images) of the official test split, doi:10.17632/rscbjbr9sj.2, squashed to 224 x 224",
        "threshold": threshold, "floorAuc": FLOOR,
        "all": figures(labels, p, threshold),
        "scope": {"accepted": wilson(accepted), "reason": "rejected images would get no score"},
        "acceptedOnly": figures(labels[accepted], p[accepted], threshold),
        "sensitivityBySubtype": {name: wilson((p >= threshold)[subtype == name]) for name in ("bacteria", "virus")},
        "calibrationSplit": decisions["calibration_split"]}
    report["meetsFloor"] = report["all"]["auc"]["value"] >= FLOOR
    report["goals"] = GOALS
    report["meetsGoals"] = report["all"]["auc"]["value"] >= GOALS["auc"] and report["all"]["ece"] <= GOALS["ece"]
    report["looks"] = LOOKS
    REPORT.write_text(json.dumps(report, indent=2) + "\n")
    print(REPORT.read_text())


if __name__ == "__main__":
    main()
