"""The frontal-chest guard: how little an image looks like the frontal chest radiographs of training.

Three distances, each scaled so that 0 is the median and 1 the 99.8th percentile of held-out radiographs; their maximum counts:
what 48 principal components of the 32x32 image leave over, the Mahalanobis length of their coefficients, and the logit of a small
network trained to tell radiographs from `negatives.py`. Writes work/guard.pt.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from chest import WORK
from aspect import log_aspects
from augment import augment, base
from dataset import arguments, load
from negatives import draw
from train import inputs

SEED = 21
COMPONENTS = 48
EPOCHS = 10
BATCH = 64
NEGATIVES = 5000
SCALE_QUANTILE = 0.998


def block(channels_in, channels_out):
    return [nn.Conv2d(channels_in, channels_out, 3, 2, 1, bias=False), nn.BatchNorm2d(channels_out), nn.ReLU(inplace=True)]


class Guard(nn.Module):
    """Input (N, 1, 160, 160); output (N, 1), higher is less like a frontal chest radiograph."""

    def __init__(self):
        super().__init__()
        self.network = nn.Sequential(*block(1, 16), *block(16, 32), *block(32, 64), *block(64, 96), nn.Flatten(),
                                     nn.Dropout(0.3), nn.Linear(96 * 25, 1))
        self.register_buffer("mean", torch.zeros(1024))
        self.register_buffer("basis", torch.zeros(1024, COMPONENTS))
        self.register_buffer("deviation", torch.ones(COMPONENTS))
        self.register_buffer("centre", torch.zeros(3))
        self.register_buffer("scale", torch.ones(3))

    def discriminate(self, x):
        return self.network(F.avg_pool2d(x, 2) - 0.5)

    def raw(self, x):
        """The three distances (N, 3) before scaling."""
        low = F.avg_pool2d(x, 5).flatten(1) - self.mean
        coefficients = low @ self.basis
        left_over = (low - coefficients @ self.basis.t()).pow(2).mean(dim=1, keepdim=True).sqrt()
        length = (coefficients / self.deviation).pow(2).mean(dim=1, keepdim=True).sqrt()
        return torch.cat([left_over, length, self.discriminate(x)], dim=1)

    def forward(self, x):
        return ((self.raw(x) - self.centre) / self.scale).max(dim=1, keepdim=True)[0]

    def fit_components(self, x):
        low = F.avg_pool2d(x, 5).flatten(1)
        self.mean.copy_(low.mean(dim=0))
        _, singular, vectors = torch.linalg.svd(low - self.mean, full_matrices=False)
        self.basis.copy_(vectors[:COMPONENTS].t())
        self.deviation.copy_(singular[:COMPONENTS] / len(x) ** 0.5)

    def fit_scale(self, x):
        with torch.no_grad():
            distances = torch.cat([self.raw(part) for part in x.split(64)])
        self.centre.copy_(distances.median(dim=0)[0])
        self.scale.copy_(torch.quantile(distances, SCALE_QUANTILE, dim=0) - self.centre)


def positives(part, generator):
    """Each radiograph varied once, and once as it is."""
    images, log_aspect = base(torch.from_numpy(part["images"])), torch.from_numpy(log_aspects(part)[0]).float()
    varied = [augment(images[chosen], log_aspect[chosen], generator) for chosen in torch.arange(len(images)).split(BATCH)]
    return torch.cat(varied + [inputs(part["images"])])


def train(guard, radiographs, others, generator):
    """Fits the discriminating network."""
    steps = EPOCHS * (len(radiographs) // BATCH)
    optimiser = torch.optim.AdamW(guard.network.parameters(), lr=2e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=steps)
    guard.train()
    for epoch in range(EPOCHS):
        total = 0.0
        for chosen in torch.randperm(len(radiographs), generator=generator)[:steps // EPOCHS * BATCH].split(BATCH):
            x = torch.cat([radiographs[chosen], others[torch.randint(0, len(others), (BATCH,), generator=generator)]])
            x = x.flip(3) if torch.rand(1, generator=generator) < 0.5 else x
            y = torch.cat([torch.zeros(BATCH), torch.ones(BATCH)])
            loss = F.binary_cross_entropy_with_logits(guard.discriminate(x).squeeze(1), y * 0.98 + 0.01)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch}: loss {total / (steps // EPOCHS):.4f}", flush=True)


def main():
    data = load(arguments(__doc__).parse_args().data)
    WORK.mkdir(exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    generator = torch.Generator().manual_seed(SEED)
    guard, radiographs = Guard(), positives(data["train"], generator)
    others = torch.from_numpy(draw(data["train"]["images"], NEGATIVES, np.random.default_rng(SEED))).unsqueeze(1)
    train(guard, radiographs, others, generator)
    guard.eval()
    guard.fit_components(radiographs[len(radiographs) // 2:])
    guard.fit_scale(inputs(data["val"]["images"]))
    torch.save(guard.state_dict(), WORK / "guard.pt")


if __name__ == "__main__":
    main()
