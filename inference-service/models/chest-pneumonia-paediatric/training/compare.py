"""Version 1.0.0 and this one on the harder validation sets of `shifts.py`; writes shifts.json. The worst set decides what ships."""

import json

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from calibrate import run
from dataset import MODEL, WORK, arguments, load
from network import Classifier, Ensemble
from shifts import SHIFTS, shifted
from start import SEEDS
from train import inputs

REPORT = MODEL / "training" / "shifts.json"


def networks(kind):
    members = [Classifier() for _ in SEEDS]
    for member, seed in zip(members, SEEDS):
        member.load_state_dict(torch.load(WORK / f"{kind}-{seed}.pt"))
    return Ensemble(members).eval()


def main():
    part = load(arguments(__doc__).parse_args().data)["val"]
    torch.set_num_threads(1)
    old, new = networks("start"), networks("classifier")
    report = {}
    for name in SHIFTS:
        x = inputs(shifted(part["images"], part["labels"], name))
        report[name] = {version: round(float(roc_auc_score(part["labels"], run(model, x))), 4)
                        for version, model in (("1.0.0", old), ("this", new))}
        print(name, report[name], flush=True)
    worst = {version: min(each[version] for each in report.values()) for version in ("1.0.0", "this")}
    REPORT.write_text(json.dumps({"images": len(part["labels"]), "auc": report, "worst": worst}, indent=2) + "\n")


if __name__ == "__main__":
    main()
