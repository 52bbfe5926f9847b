"""Fixes calibration and operating threshold on the calibration split; writes decisions.json.

Platt's line is fitted for a stated reference prevalence, 50 %: the classes weigh so. Elsewhere the logit moves by the difference of the
prevalences' log odds. The fit is on the split in several renderings together, so that it holds where images look otherwise; how well it does
is measured crosswise, on patients that each of five fits has not seen. The operating threshold is the highest with sensitivity of at least 0.95 on the split as it is stored. The scope threshold is the
guard's, as it was evaluated. The test split is not read here.
"""

import json
import math
import sys

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score, roc_curve
from sklearn.model_selection import GroupKFold

from dataset import MODEL, WORK, arguments, load
from network import Classifier, Ensemble
from shifts import shifted
from start import SEEDS
from train import inputs

DECISIONS = MODEL / "training" / "decisions.json"
REFERENCE_PREVALENCE = 0.5
SENSITIVITY = 0.95
BINS = 10
FOLDS = 5
RENDERINGS = ("as stored", "aspect turned round, cropped", "close", "light", "dark")
GUARD = MODEL.parent / "frontal-chest-guard"


def ensemble(kind="classifier"):
    members = []
    for seed in SEEDS:
        member = Classifier()
        member.load_state_dict(torch.load(WORK / f"{kind}-{seed}.pt"))
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


def at_reference(labels):
    """Weights (N,) under which the labels have the reference prevalence."""
    share = labels.mean()
    return np.where(labels == 1, REFERENCE_PREVALENCE / share, (1 - REFERENCE_PREVALENCE) / (1 - share))


def platt(logits, labels):
    fit = LogisticRegression(C=1e6).fit(logits[:, None], labels, sample_weight=at_reference(labels))
    return float(fit.coef_[0, 0]), float(fit.intercept_[0])


def probability(logits, slope, intercept):
    return 1 / (1 + np.exp(-(slope * np.asarray(logits, dtype=float) + intercept)))


def pooled(logits, labels, chosen):
    """Platt's line of the chosen images in all renderings."""
    return platt(np.concatenate([each[chosen] for each in logits.values()]), np.tile(labels[chosen], len(logits)))


def crosswise(logits, labels, patients):
    """Probabilities by rendering, each by a line of other patients."""
    p = {name: np.zeros(len(labels)) for name in logits}
    for fitted, left in GroupKFold(FOLDS).split(labels, groups=patients):
        line = pooled(logits, labels, fitted)
        for name, values in logits.items():
            p[name][left] = probability(values[left], *line)
    return p


def operating_threshold(probabilities, labels):
    """The highest threshold that keeps the sensitivity."""
    _, sensitivity, thresholds = roc_curve(labels, probabilities, drop_intermediate=False)
    return float(thresholds[np.argmax(sensitivity >= SENSITIVITY)])


def calibration_error(labels, p, weights=None):
    """Expected calibration error over ten bins of equal width."""
    weights = np.ones(len(p)) if weights is None else weights
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, weights * (p - labels), minlength=BINS)
    return round(float(np.abs(gaps).sum() / weights.sum()), 4)


def noise_floor(p, images, weights=None, draws=4000):
    """What the calibration error of so many images would be were each of these probabilities exact: mean and 95th percentile."""
    rng = np.random.default_rng(7)
    found = []
    for _ in range(draws):
        chosen = p[rng.choice(len(p), images, p=None if weights is None else weights / weights.sum())]
        found.append(calibration_error(rng.random(images) < chosen, chosen))
    return {"mean": round(float(np.mean(found)), 4), "p95": round(float(np.percentile(found, 95)), 4), "images": images}


def log_loss(labels, p, weights):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return round(float(np.average(-np.log(np.where(labels == 1, p, 1 - p)), weights=weights)), 4)


def figures(labels, p, across, threshold):
    """Of the line of all patients; calibration of the lines of other patients, at the reference prevalence."""
    weights = at_reference(labels)
    return {"auc": round(float(roc_auc_score(labels, p)), 4), "sensitivity": round(float((p >= threshold)[labels == 1].mean()), 4),
            "specificity": round(float((p < threshold)[labels == 0].mean()), 4), "ece": calibration_error(labels, across, weights),
            "logLoss": log_loss(labels, across, weights)}


def calibration_set(data):
    """Images (N, 224, 224), labels and patients of the calibration split, each radiograph once."""
    part = load(data)["calibration"]
    once = part["source"] == 224
    return part["images"][once], part["labels"][once], part["patient"][once]


def decide(logits, labels, patients):
    """What decisions.json says, from logits by rendering."""
    slope, intercept = pooled(logits, labels, np.arange(len(labels)))
    p = {name: probability(values, slope, intercept) for name, values in logits.items()}
    threshold = math.floor(operating_threshold(p["as stored"], labels) * 1e4) / 1e4
    across = crosswise(logits, labels, patients)
    found = {name: figures(labels, p[name], across[name], threshold) for name in logits}
    return {
        "calibration": {"method": "platt", "slope": round(slope, 6), "intercept": round(intercept, 6)},
        "reference_prevalence": REFERENCE_PREVALENCE,
        "threshold": threshold,
        "threshold_rule": f"highest threshold with sensitivity >= {SENSITIVITY} on the calibration split",
        "scope_threshold": json.loads((GUARD / "training" / "decisions.json").read_text())["threshold"],
        "calibration_split": {
            "images": len(labels), "pneumonia": int(labels.sum()), **found["as stored"], "renderings": found,
            "noiseFloor": noise_floor(p["as stored"], 304, at_reference(labels))}}


def main():
    images, labels, patients = calibration_set(arguments(__doc__).parse_args().data)
    torch.set_num_threads(1)
    model = ensemble()
    decisions = decide({name: run(model, inputs(shifted(images, labels, name))) for name in RENDERINGS}, labels, patients)
    DECISIONS.write_text(json.dumps(decisions, indent=2) + "\n")
    print(DECISIONS.read_text())


if __name__ == "__main__":
    main()
