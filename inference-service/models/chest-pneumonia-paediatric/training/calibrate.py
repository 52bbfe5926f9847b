"""Fixes calibration and operating threshold on the calibration split; writes decisions.json.

Platt's line is fitted with both classes weighing the same (reference prevalence 50 %), as the prevalence in use is not known, on the
split in several renderings together, so that it holds where images look otherwise. The operating threshold is the highest with
sensitivity of at least 0.95 on the split as it is stored. The scope threshold is the guard's, as it was evaluated. The test split
is not read here.
"""

import json
import math
import sys

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score, roc_curve

from dataset import MODEL, WORK, arguments, load
from network import Classifier, Ensemble
from shifts import shifted
from start import SEEDS
from train import inputs

DECISIONS = MODEL / "training" / "decisions.json"
SENSITIVITY = 0.95
BINS = 10
RENDERINGS = ("as stored", "aspect turned round, cropped", "close", "light", "dark")
GUARD = MODEL.parent / "frontal-chest-guard"


def ensemble():
    members = []
    for seed in SEEDS:
        member = Classifier()
        member.load_state_dict(torch.load(WORK / f"classifier-{seed}.pt"))
        members.append(member)
    return Ensemble(members).eval()


def run(model, x):
    """Logits of prepared inputs as float64 (N,)."""
    with torch.no_grad():
        return torch.cat([model(part)[0] for part in x.split(64)]).squeeze(1).double().numpy()


def guard_distances(x):
    """The guard's distances (N,) of prepared inputs."""
    sys.path.append(str(GUARD / "training"))
    from decide import distances, guard
    return distances(guard(), x)


def platt(logits, labels):
    fit = LogisticRegression(C=1e6, class_weight="balanced").fit(logits[:, None], labels)
    return float(fit.coef_[0, 0]), float(fit.intercept_[0])


def probability(logits, slope, intercept):
    return 1 / (1 + np.exp(-(slope * np.asarray(logits, dtype=float) + intercept)))


def operating_threshold(probabilities, labels):
    """The highest threshold that keeps the sensitivity."""
    _, sensitivity, thresholds = roc_curve(labels, probabilities, drop_intermediate=False)
    return float(thresholds[np.argmax(sensitivity >= SENSITIVITY)])


def calibration_error(labels, p):
    """Expected calibration error over ten bins of equal width."""
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    return round(float(sum(abs(p[bins == b].mean() - labels[bins == b].mean()) * (bins == b).mean()
                           for b in range(BINS) if (bins == b).any())), 4)


def main():
    part = load(arguments(__doc__).parse_args().data)["calibration"]
    torch.set_num_threads(1)
    once = part["source"] == 224
    images, labels = part["images"][once], part["labels"][once]
    model = ensemble()
    logits = {name: run(model, inputs(shifted(images, labels, name))) for name in RENDERINGS}
    slope, intercept = platt(np.concatenate(list(logits.values())), np.tile(labels, len(RENDERINGS)))
    p = {name: probability(values, slope, intercept) for name, values in logits.items()}
    stored = p["as stored"]
    threshold = math.floor(operating_threshold(stored, labels) * 1e4) / 1e4
    decisions = {
        "calibration": {"method": "platt", "slope": round(slope, 6), "intercept": round(intercept, 6)},
        "threshold": threshold,
        "threshold_rule": f"highest threshold with sensitivity >= {SENSITIVITY} on the calibration split",
        "scope_threshold": json.loads((GUARD / "training" / "decisions.json").read_text())["threshold"],
        "calibration_split": {
            "images": len(labels), "pneumonia": int(labels.sum()),
            "auc": round(float(roc_auc_score(labels, stored)), 4),
            "sensitivity": round(float((stored >= threshold)[labels == 1].mean()), 4),
            "specificity": round(float((stored < threshold)[labels == 0].mean()), 4),
            "ece": calibration_error(labels, stored),
            "renderings": {name: {
                "auc": round(float(roc_auc_score(labels, each)), 4), "ece": calibration_error(labels, each),
                "sensitivity": round(float((each >= threshold)[labels == 1].mean()), 4),
                "specificity": round(float((each < threshold)[labels == 0].mean()), 4)} for name, each in p.items()}}}
    DECISIONS.write_text(json.dumps(decisions, indent=2) + "\n")
    print(DECISIONS.read_text())


if __name__ == "__main__":
    main()
