"""Whether normal, bacterial and viral can be told apart: trains one network of three outputs, and checks it on the 512 px set.

No patient of the 512 px set is in training or validation, so the network starts from nothing (those of the shipped model have seen
these patients), and the widths of augment.py are drawn at random. `python3 subtypes.py` trains and writes work/subtypes.pt and
subtypes-decisions.json; `python3 subtypes.py --check` looks at the 512 px set and writes subtypes.json. CRITERIA were committed
before that. The official test split is not read.
"""

import json
import time

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import roc_auc_score
from torch import nn

from augment import augment
from calibrate import calibration_error
from dataset import MODEL, WORK, arguments, read_512, read_train224, splits, to_cache
from network import Classifier
from train import BATCH, WEIGHT_DECAY, inputs, update_average, variants

KINDS = ("normal", "bacteria", "virus")
EPOCHS = 16
SEED = 31
SMOOTHING = 0.05
CRITERIA = {"bacterialAgainstViralAuc": 0.90, "itsLowerBound": 0.87, "largestCalibrationError": 0.05}
WEIGHTS = WORK / "subtypes.pt"
DECISIONS = MODEL / "training" / "subtypes-decisions.json"
REPORT = MODEL / "training" / "subtypes.json"


def arrays(entries):
    return (np.stack([to_cache(image) for _, image in entries]), np.array([KINDS.index(row["subtype"]) for row, _ in entries]),
            np.array([row["patient"] for row, _ in entries]))


def parts(data):
    """Training and validation entries: patients neither in the 512 px set nor among the numbers of the test half."""
    checked, split = {row["patient"] for row, _ in read_512(data)}, splits(data)
    kept = [entry for entry in read_train224(data) if entry[0]["patient"] not in checked and split[entry[0]["patient"]] != "excluded"]
    return [[entry for entry in kept if (split[entry[0]["patient"]] == "val") == held] for held in (False, True)]


def new_network():
    network = Classifier()
    network.head = nn.Linear(network.WIDTHS[-1], len(KINDS))
    return network


def logits(network, x):
    with torch.no_grad():
        return torch.cat([network(part) for part in x.split(64)])


def against(scores, kinds, one, other):
    """AUC of one kind against another, by the difference of their logits."""
    chosen = np.isin(kinds, (one, other))
    return float(roc_auc_score(kinds[chosen] == one, (scores[:, one] - scores[:, other])[chosen]))


def train(images, kinds, report):
    torch.manual_seed(SEED)
    generator = torch.Generator().manual_seed(SEED)
    stored, target = variants(images, SEED), torch.from_numpy(kinds)
    weight = len(target) / (3.0 * torch.bincount(target))
    network, average = new_network().to(memory_format=torch.channels_last), new_network()
    average.load_state_dict(network.state_dict())
    optimiser = torch.optim.AdamW(network.parameters(), lr=4e-3, weight_decay=WEIGHT_DECAY)
    batches = len(target) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=EPOCHS * batches, pct_start=0.25)
    for epoch in range(EPOCHS):
        network.train()
        for i, chosen in enumerate(torch.randperm(len(target), generator=generator)[:batches * BATCH].split(BATCH)):
            version = torch.randint(0, len(stored), (len(chosen),), generator=generator)
            widths = 0.32 + 0.18 * torch.randn(len(chosen), generator=generator)
            x = augment(stored[version, chosen], widths, generator).contiguous(memory_format=torch.channels_last)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = network(x)
            loss = F.cross_entropy(scores.float(), target[chosen], weight=weight, label_smoothing=SMOOTHING)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            update_average(average, network, epoch * batches + i)
        report(epoch, loss.item(), average.eval())
    return average.eval()


def temperature(scores, kinds):
    """The temperature of the least log loss on the validation patients."""
    grid = np.exp(np.linspace(-1.5, 1.5, 121))
    return float(min(grid, key=lambda t: F.cross_entropy(scores / t, torch.from_numpy(kinds)).item()))


def learn(data):
    (images, kinds, _), (held, truth, _) = (arrays(part) for part in parts(data))
    x, start = inputs(held), time.time()

    def report(epoch, loss, network):
        scores = logits(network, x).numpy()
        print(f"epoch {epoch}: loss {loss:.3f}, validation bacterial against viral {against(scores, truth, 1, 2):.3f}, "
              f"{time.time() - start:.0f} s", flush=True)

    network = train(images, kinds, report)
    torch.save(network.state_dict(), WEIGHTS)
    scores = logits(network, x)
    decisions = {"training": len(kinds), "validation": len(truth), "temperature": round(temperature(scores, truth), 4),
                 "validationBacterialAgainstViralAuc": round(against(scores.numpy(), truth, 1, 2), 4), "criteria": CRITERIA}
    DECISIONS.write_text(json.dumps(decisions, indent=2) + "\n")
    print(DECISIONS.read_text())


def interval(scores, kinds, patients, draws=1000):
    """95 % of the AUC of bacterial against viral, patients drawn anew."""
    rng, areas = np.random.default_rng(5), []
    groups = [np.flatnonzero(patients == patient) for patient in np.unique(patients)]
    for _ in range(draws):
        chosen = np.concatenate([groups[i] for i in rng.integers(0, len(groups), len(groups))])
        areas.append(against(scores[chosen], kinds[chosen], 1, 2))
    return [round(float(v), 4) for v in np.percentile(areas, [2.5, 97.5])]


def check(data):
    images, kinds, patients = arrays(read_512(data))
    decisions, network = json.loads(DECISIONS.read_text()), new_network()
    network.load_state_dict(torch.load(WEIGHTS))
    scores = logits(network.eval(), inputs(images))
    p = (scores / decisions["temperature"]).softmax(dim=1).double().numpy()
    scores, called = scores.numpy(), p.argmax(axis=1)
    errors = {name: calibration_error((kinds == i).astype(int), p[:, i]) for i, name in enumerate(KINDS)}
    area, bounds = round(against(scores, kinds, 1, 2), 4), interval(scores, kinds, patients)
    report = {
        "images": len(kinds), "patients": len(np.unique(patients)), "bacterialAgainstViralAuc": {"value": area, "ci95": bounds},
        "oneAgainstRestAuc": {name: round(float(roc_auc_score(kinds == i, p[:, i])), 4) for i, name in enumerate(KINDS)},
        "accuracy": round(float((called == kinds).mean()), 4),
        "called": {name: dict(zip(KINDS, np.bincount(called[kinds == i], minlength=3).tolist())) for i, name in enumerate(KINDS)},
        "calibrationError": errors, "criteria": CRITERIA,
        "holdsUp": bool(area >= CRITERIA["bacterialAgainstViralAuc"] and bounds[0] >= CRITERIA["itsLowerBound"]
                        and max(errors.values()) <= CRITERIA["largestCalibrationError"])}
    REPORT.write_text(json.dumps(report, indent=2) + "\n")
    print(REPORT.read_text())


def main():
    parser = arguments(__doc__)
    parser.add_argument("--check", action="store_true", help="look at the 512 px set")
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    WORK.mkdir(exist_ok=True)
    (check if chosen.check else learn)(chosen.data)


if __name__ == "__main__":
    main()
