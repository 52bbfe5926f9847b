"""The frontal-chest guard: how little an image looks like the frontal chest radiographs of training.

Three distances, each scaled so that 0 is the median and 1 the 99.8th percentile of radiographs of patients it was not trained on; their
maximum counts: what 48 principal components of the 32x32 image leave over, the Mahalanobis length of their coefficients, and the logit of
a small network trained to tell radiographs from `negatives.py`. Radiographs are varied as for the classifier, and some are framed or have
one side white, as those that version 1.0.0 refused among the training patients; the components are those of radiographs as they are, so
that what is far from all of them is far. Writes work/guard.pt.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from chest import WORK
from aspect import log_aspects
from augment import augment, base, chance, normalise, uniform
from dataset import arguments, load, share
from negatives import draw
from train import inputs

SEED = 21
COMPONENTS = 48
EPOCHS = 8
BATCH = 64
NEGATIVES = 7000
ASIDE = 0.2
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


def frame(x, generator):
    """A smaller image on black or grey ground, tilted by up to 5 degrees, a margin of up to 15 % on every side: what a collimator leaves."""
    n = len(x)
    angle = uniform(n, -0.09, 0.09, generator)
    across, down = uniform(n, 1.0, 1.35, generator), uniform(n, 1.0, 1.35, generator)
    reach_x, reach_y = (across - 1) * uniform(n, -1, 1, generator), (down - 1) * uniform(n, -1, 1, generator)
    theta = torch.stack([torch.stack([torch.cos(angle) * across, -torch.sin(angle), reach_x], 1),
                         torch.stack([torch.sin(angle), torch.cos(angle) * down, reach_y], 1)], 1)
    grid = F.affine_grid(theta, x.shape, align_corners=False)
    inside = F.grid_sample(torch.ones_like(x), grid, align_corners=False)
    ground = (uniform(n, -0.3, 0.3, generator).clamp(min=0)).view(-1, 1, 1, 1)
    return F.grid_sample(x, grid, align_corners=False) + ground * (1 - inside)


def whiten(x, generator):
    """Up to all of one side nearly white, with a soft border: a lung that holds no air."""
    n, size = len(x), x.shape[-1]
    place = torch.linspace(-1, 1, size).view(1, 1, 1, -1) * torch.where(chance(n, 0.5, generator), -1.0, 1.0).view(-1, 1, 1, 1)
    cover = torch.sigmoid((place - uniform(n, 0.0, 0.6, generator).view(-1, 1, 1, 1)) * 12) * uniform(n, 0.5, 0.95, generator).view(-1, 1, 1, 1)
    return x + cover * (uniform(n, 0.6, 0.85, generator).view(-1, 1, 1, 1) - x)


def some(x, change, probability, generator):
    return torch.where(chance(len(x), probability, generator).view(-1, 1, 1, 1), change(x, generator), x)


def positives(part, generator):
    """Each radiograph as it is (first), and varied twice."""
    images, log_aspect = base(torch.from_numpy(part["images"])), torch.from_numpy(log_aspects(part)[0]).float()
    varied = [normalise(some(some(augment(images[chosen], log_aspect[chosen], generator), whiten, 0.1, generator), frame, 0.3, generator))
              for _ in range(2) for chosen in torch.arange(len(images)).split(BATCH)]
    return torch.cat([inputs(part["images"])] + varied)


def portion(part, chosen):
    return {key: value[chosen] for key, value in part.items()}


def set_aside(data):
    """The training patients in two parts: to train with, and to scale and decide with (these and the validation patients)."""
    aside = np.array([share("guard:" + patient) < ASIDE for patient in data["train"]["patient"]])
    held = portion(data["train"], aside)
    return portion(data["train"], ~aside), {key: np.concatenate([held[key], data["val"][key]]) for key in held}


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
    trained, held = set_aside(load(arguments(__doc__).parse_args().data))
    WORK.mkdir(exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    generator = torch.Generator().manual_seed(SEED)
    guard, radiographs = Guard(), positives(trained, generator)
    others = torch.from_numpy(draw(trained["images"], NEGATIVES, np.random.default_rng(SEED))).unsqueeze(1)
    train(guard, radiographs, others, generator)
    guard.eval()
    guard.fit_components(radiographs[:len(trained["images"])])
    guard.fit_scale(inputs(held["images"]))
    torch.save(guard.state_dict(), WORK / "guard.pt")


if __name__ == "__main__":
    main()
