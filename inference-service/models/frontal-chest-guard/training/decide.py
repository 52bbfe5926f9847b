"""Fixes the guard's threshold on the validation split; writes decisions.json. Nothing of the evaluation is read.

It accepts 99.5 % of the validation radiographs, as they are and in four other renderings taken together.
"""

import json

import numpy as np
import torch

from chest import GUARD, WORK
from dataset import arguments, load
from guard import Guard
from shifts import shifted
from train import inputs

DECISIONS = GUARD / "training" / "decisions.json"
ACCEPTANCE = 0.995
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
    part = load(arguments(__doc__).parse_args().data)["val"]
    torch.set_num_threads(1)
    network = guard()
    found = np.concatenate([distances(network, inputs(shifted(part["images"], part["labels"], name))) for name in RENDERINGS])
    decisions = {"threshold": round(float(np.quantile(found, ACCEPTANCE)), 4), "rule": f"accepts {ACCEPTANCE:.1%} of the validation split",
                 "renderings": list(RENDERINGS), "images": len(part["images"])}
    DECISIONS.write_text(json.dumps(decisions, indent=2) + "\n")
    print(DECISIONS.read_text())


if __name__ == "__main__":
    main()
