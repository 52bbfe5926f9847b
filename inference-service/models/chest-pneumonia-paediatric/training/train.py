"""Trains the networks of version 1.0.0 further, or with --seed one of them; writes work/classifier-SEED.pt (averaged weights)."""

import copy
import time

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import roc_auc_score

from aspect import log_aspects
from augment import augment, base, recompress
from dataset import WORK, arguments, load
from network import Classifier
from preparation import prepare
from shifts import shifted
from start import SEEDS

EPOCHS = 10
BATCH = 32
PEAK_RATE = 2e-3
WEIGHT_DECAY = 0.02
AVERAGING = 0.995
SMOOTHING = 0.05
VERSIONS = 3
WATCHED = ("as stored", "aspect turned round, cropped", "aspect turned round, padded")


def inputs(images):
    """Prepared model inputs (N, 1, SIZE, SIZE)."""
    return torch.from_numpy(np.stack([prepare(image) for image in images])).unsqueeze(1)


def logits(network, x):
    network.eval()
    with torch.no_grad():
        return torch.cat([network(part) for part in x.split(64)]).squeeze(1).numpy()


def variants(images, seed):
    """Each image (VERSIONS, N, BASE, BASE): as it is, and recompressed at random."""
    rng = np.random.default_rng(seed)
    others = [np.stack([recompress(image, rng) for image in images]) for _ in range(VERSIONS - 1)]
    return torch.stack([base(torch.from_numpy(each)) for each in [images] + others])


def loss_of(network, x, y, positive_weight):
    target = y * (1 - SMOOTHING) + SMOOTHING / 2
    weight = torch.where(y > 0, positive_weight, 1.0)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logit = network(x).squeeze(1)
    return F.binary_cross_entropy_with_logits(logit.float(), target, weight=weight)


def update_average(average, network, step):
    keep = min(AVERAGING, (1 + step) / (10 + step))
    for mean, value in zip(average.state_dict().values(), network.state_dict().values()):
        if mean.dtype.is_floating_point:
            mean.mul_(keep).add_(value, alpha=1 - keep)
        else:
            mean.copy_(value)


def train(seed, data, report):
    """One network from one seed; the classes weigh the same in the loss."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    images = variants(data["images"], seed)
    labels = torch.from_numpy(data["labels"]).float()
    log_aspect = torch.from_numpy(log_aspects(data)[0]).float()
    positive_weight = torch.tensor(float((labels == 0).sum() / (labels == 1).sum()))
    network = Classifier()
    network.load_state_dict(torch.load(WORK / f"start-{seed}.pt"))
    network = network.to(memory_format=torch.channels_last)
    average = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), lr=PEAK_RATE, weight_decay=WEIGHT_DECAY)
    steps = EPOCHS * (len(labels) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, PEAK_RATE, total_steps=steps, pct_start=0.2)
    step = 0
    for epoch in range(EPOCHS):
        network.train()
        total = 0.0
        for chosen in torch.randperm(len(labels), generator=generator)[:steps // EPOCHS * BATCH].split(BATCH):
            version = torch.randint(0, VERSIONS, (len(chosen),), generator=generator)
            x = augment(images[version, chosen], log_aspect[chosen], generator).contiguous(memory_format=torch.channels_last)
            loss = loss_of(network, x, labels[chosen], positive_weight)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            update_average(average, network, step)
            step += 1
            total += loss.item()
        report(epoch, total / (steps // EPOCHS), average)
    return average.eval()


def main():
    parser = arguments(__doc__)
    parser.add_argument("--seed", type=int, choices=SEEDS, help="train this one alone, so that several can run side by side")
    chosen = parser.parse_args()
    data = load(chosen.data)
    torch.set_num_threads(1)
    held_out, truth = data["val"]["images"], data["val"]["labels"]
    watched = {name: inputs(shifted(held_out, truth, name)) for name in WATCHED}
    for seed in (chosen.seed,) if chosen.seed else SEEDS:
        start = time.time()

        def report(epoch, loss, network):
            areas = ", ".join(f"{name} {roc_auc_score(truth, logits(network, x)):.4f}" for name, x in watched.items())
            print(f"seed {seed} epoch {epoch}: loss {loss:.4f}, validation AUC {areas}, {time.time() - start:.0f} s", flush=True)

        torch.save(train(seed, data["train"], report).state_dict(), WORK / f"classifier-{seed}.pt")


if __name__ == "__main__":
    main()
