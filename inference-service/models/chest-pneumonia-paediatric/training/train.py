"""Trains the ensemble's networks; writes work/classifier-SEED.pt (averaged weights)."""

import copy
import time

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import roc_auc_score

from augment import augment, recompress
from dataset import WORK, arguments, load
from network import Classifier
from preparation import prepare

SEEDS = (11, 12)
EPOCHS = 20
BATCH = 32
PEAK_RATE = 3e-3
WEIGHT_DECAY = 0.02
AVERAGING = 0.995
SMOOTHING = 0.05


def inputs(images):
    """Prepared model inputs (N, 1, SIZE, SIZE)."""
    return torch.from_numpy(np.stack([prepare(image) for image in images])).unsqueeze(1)


def logits(network, x):
    network.eval()
    with torch.no_grad():
        return torch.cat([network(part) for part in x.split(64)]).squeeze(1).numpy()


def variants(images, seed):
    """Each image beside a recompressed version of itself."""
    rng = np.random.default_rng(seed)
    return torch.from_numpy(np.stack([images, np.stack([recompress(image, rng) for image in images])]))


def loss_of(network, x, y, positive_weight):
    target = y * (1 - SMOOTHING) + SMOOTHING / 2
    weight = torch.where(y > 0, positive_weight, 1.0)
    return F.binary_cross_entropy_with_logits(network(x).squeeze(1), target, weight=weight)


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
    positive_weight = torch.tensor(float((labels == 0).sum() / (labels == 1).sum()))
    network = Classifier()
    average = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), lr=PEAK_RATE, weight_decay=WEIGHT_DECAY)
    steps = EPOCHS * (len(labels) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, PEAK_RATE, total_steps=steps, pct_start=0.2)
    step = 0
    for epoch in range(EPOCHS):
        network.train()
        total = 0.0
        for chosen in torch.randperm(len(labels), generator=generator)[:steps // EPOCHS * BATCH].split(BATCH):
            version = torch.randint(0, 2, (len(chosen),), generator=generator)
            loss = loss_of(network, augment(images[version, chosen], generator), labels[chosen], positive_weight)
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
    data = load(arguments(__doc__).parse_args().data)
    torch.set_num_threads(2)
    held_out, truth = inputs(data["val"]["images"]), data["val"]["labels"]
    for seed in SEEDS:
        start = time.time()

        def report(epoch, loss, network):
            area = roc_auc_score(truth, logits(network, held_out))
            print(f"seed {seed} epoch {epoch}: loss {loss:.4f}, validation AUC {area:.4f}, {time.time() - start:.0f} s", flush=True)

        torch.save(train(seed, data["train"], report).state_dict(), WORK / f"classifier-{seed}.pt")


if __name__ == "__main__":
    main()
