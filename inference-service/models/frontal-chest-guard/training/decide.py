"""Fixes the guard's threshold; writes decisions.json. Nothing of the evaluation is read.

It accepts 99.8 % of the radiographs of the patients that training set aside, as they are and in four other renderings taken together.
What it makes of negatives of the kinds of training, from the same patients, is written down beside it.
"""

import json

import numpy as np
import torch

from chest import GUARD, WORK
from dataset import arguments, load
from guard import Guard, set_aside
from negatives import draw
from shifts import shifted
from train import inputs

DECISIONS = GUARD / "training" / "decisions.json"
ACCEPTANCE = 0.998
NEGATIVES = 1000
RENDERINGS = ("as stored", "light", "dark", "coarse", "recompressed")


def guard():
    network = Guard()
    network.load_state_dict(torch.load(WORK / "guard.pt"))
    return network.eval()


def distances(network, x):
    """Distances (N,) of prepared inputs."""
    with torch.no_grad():
        return torch.cat([network(part) for part in x.split(64)]).squeeze(1).double().numpy()


def main():
    _, part = set_aside(load(arguments(__doc__).parse_args().data))
    torch.set_num_threads(1)
    network = guard()
    found = {name: distances(network, inputs(shifted(part["images"], part["labels"], name))) for name in RENDERINGS}
    threshold = round(float(np.quantile(np.concatenate(list(found.values())), ACCEPTANCE)), 4)
    others = distances(network, torch.from_numpy(draw(part["images"], NEGATIVES, np.random.default_rng(22))).unsqueeze(1))
    decisions = {"threshold": threshold, "rule": f"accepts {ACCEPTANCE:.1%} of the radiographs set aside", "images": len(part["images"]),
                 "patients": len(np.unique(part["patient"])),
                 "refused": {name: round(float((each > threshold).mean()), 4) for name, each in found.items()},
                 "rejectedOfKindsTrained": round(float((others > threshold).mean()), 4)}
    DECISIONS.write_text(json.dumps(decisions, indent=2) + "\n")
    print(DECISIONS.read_text())


if __name__ == "__main__":
    main()
