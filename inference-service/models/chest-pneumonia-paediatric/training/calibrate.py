"""Fixes calibration, operating threshold and scope threshold on the calibration split; writes decisions.json.

Platt's line is fitted with both classes weighing the same (reference prevalence 50 %), as the prevalence in use is not known.
The operating threshold is the highest with sensitivity of at least 0.95. The scope threshold accepts 99.5 % of the calibration
split in both resolutions. The test split is not read here.
"""

import json
import math

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score, roc_curve

from dataset import MODEL, WORK, arguments, load
from network import Classifier, Ensemble
from scope import Scope
from train import SEEDS, inputs

DECISIONS = MODEL / "training" / "decisions.json"
SENSITIVITY = 0.95
ACCEPTANCE = 0.995


def ensemble():
    members = []
    for seed in SEEDS:
        member = Classifier()
        member.load_state_dict(torch.load(WORK / f"classifier-{seed}.pt"))
        members.append(member)
    return Ensemble(members).eval()


def scope():
    guard = Scope()
    guard.load_state_dict(torch.load(WORK / "scope.pt"))
    return guard.eval()


def run(model, x):
    """Logits, or scope distances, of prepared inputs as float64 (N,)."""
    with torch.no_grad():
        parts = [model(part) for part in x.split(64)]
    return torch.cat([p[0] if isinstance(p, tuple) else p for p in parts]).squeeze(1).double().numpy()


def platt(logits, labels):
    fit = LogisticRegression(C=1e6, class_weight="balanced").fit(logits[:, None], labels)
    return float(fit.coef_[0, 0]), float(fit.intercept_[0])


def probability(logits, slope, intercept):
    return 1 / (1 + np.exp(-(slope * np.asarray(logits, dtype=float) + intercept)))


def operating_threshold(probabilities, labels):
    """The highest threshold that keeps the sensitivity."""
    _, sensitivity, thresholds = roc_curve(labels, probabilities, drop_intermediate=False)
    return float(thresholds[np.argmax(sensitivity >= SENSITIVITY)])


def main():
    part = load(arguments(__doc__).parse_args().data)["calibration"]
    torch.set_num_threads(2)
    x, labels = inputs(part["images"]), part["labels"]
    once = part["source"] == 224
    logits, distances = run(ensemble(), x), run(scope(), x)
    slope, intercept = platt(logits[once], labels[once])
    p = probability(logits, slope, intercept)
    threshold = math.floor(operating_threshold(p[once], labels[once]) * 1e4) / 1e4
    called = p >= threshold
    decisions = {
        "calibration": {"method": "platt", "slope": round(slope, 6), "intercept": round(intercept, 6)},
        "threshold": threshold,
        "threshold_rule": f"highest threshold with sensitivity >= {SENSITIVITY} on the calibration split",
        "scope_threshold": round(float(np.quantile(distances, ACCEPTANCE)), 4),
        "scope_rule": f"accepts {ACCEPTANCE:.1%} of the calibration split",
        "calibration_split": {
            "images": int(once.sum()), "pneumonia": int(labels[once].sum()),
            "auc": round(float(roc_auc_score(labels[once], p[once])), 4),
            "auc_512": round(float(roc_auc_score(labels[~once], p[~once])), 4),
            "sensitivity": round(float(called[once & (labels == 1)].mean()), 4),
            "specificity": round(float(1 - called[once & (labels == 0)].mean()), 4)}}
    DECISIONS.write_text(json.dumps(decisions, indent=2) + "\n")
    print(DECISIONS.read_text())


if __name__ == "__main__":
    main()
