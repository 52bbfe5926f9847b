"""Training-time variation: width, pose, sharpness, recompression, grey curve, shading, noise. Batches in torch; never used in evaluation."""

import io

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from preparation import HIGH, LOW, SIZE

BASE = 192
"""Side of the images that are varied: a little more than the input, so that one bilinear sampling is enough."""


def recompress(image, rng):
    """One JPEG round trip at a random size and quality, as the archives this network meets have been through."""
    size = int(image.shape[0] * rng.uniform(0.45, 1.0))
    buffer = io.BytesIO()
    Image.fromarray(image).resize((size, size), Image.BILINEAR).save(buffer, "JPEG", quality=int(rng.integers(25, 92)))
    return np.asarray(Image.open(buffer).resize(image.shape[::-1], Image.BILINEAR))


def uniform(n, low, high, generator):
    return torch.rand(n, generator=generator) * (high - low) + low


def chance(n, probability, generator):
    return torch.rand(n, generator=generator) < probability


def magnification(log_aspect, generator):
    """How much to magnify across and down, so that the width an image seems to have had says nothing about its class.

    A width is drawn from one distribution for all images; what the image differs from it is made up by magnifying across and
    down in a random proportion. All of it is zoomed by 0.85 to 1.25.
    """
    n = len(log_aspect)
    drawn = (0.32 + 0.18 * torch.randn(n, generator=generator)).clamp(-0.1, 0.8)
    part, zoom = uniform(n, 0, 1, generator), uniform(n, -0.16, 0.22, generator)
    excess = log_aspect - drawn
    return torch.exp(excess * part + zoom), torch.exp(zoom - excess * (1 - part))


def pose(x, log_aspect, generator):
    """Width, rotation to 9 degrees, shift to 7 %, mirrored half of the time; what lies outside is black, the edge or the mirror image."""
    n = len(x)
    across, down = magnification(log_aspect, generator)
    angle = uniform(n, -0.16, 0.16, generator)
    mirror = torch.where(chance(n, 0.5, generator), -1.0, 1.0)
    theta = torch.stack([
        torch.stack([torch.cos(angle) / across * mirror, -torch.sin(angle) / across, uniform(n, -0.14, 0.14, generator)], 1),
        torch.stack([torch.sin(angle) / down * mirror, torch.cos(angle) / down, uniform(n, -0.14, 0.14, generator)], 1)], 1)
    outside = ("zeros", "zeros", "border", "border", "reflection")[int(torch.randint(0, 5, (1,), generator=generator))]
    grid = F.affine_grid(theta, (n, 1, SIZE, SIZE), align_corners=False)
    return F.grid_sample(x, grid, padding_mode=outside, align_corners=False)


def sharpness(x, generator):
    """Most images through a 3x3 or 5x5 smoothing of random strength, or its opposite."""
    strength = uniform(len(x), -1.2, 1.0, generator) * chance(len(x), 0.7, generator)
    side = 3 if torch.rand(1, generator=generator) < 0.6 else 5
    smooth = F.avg_pool2d(x, side, 1, side // 2, count_include_pad=False)
    return x + strength.view(-1, 1, 1, 1) * (smooth - x)


def coarsen(x, generator):
    """A third of the batches by way of fewer pixels."""
    if torch.rand(1, generator=generator) > 0.33:
        return x
    fewer = int(torch.randint(72, SIZE, (1,), generator=generator))
    x = F.interpolate(x, size=(fewer, fewer), mode="bilinear", antialias=True, align_corners=False)
    return F.interpolate(x, size=(SIZE, SIZE), mode="bilinear", align_corners=False)


def shade(x, generator):
    """A linear drift of brightness over the image, as from the heel effect or a tilted detector."""
    n, size = len(x), x.shape[-1]
    ramp = torch.linspace(-1, 1, size)
    across = uniform(n, -0.15, 0.15, generator).view(-1, 1, 1, 1) * ramp.view(1, 1, 1, -1)
    down = uniform(n, -0.15, 0.15, generator).view(-1, 1, 1, 1) * ramp.view(1, 1, -1, 1)
    return x + across + down


def flatten(x, generator):
    """Takes up to 0.7 of the coarse brightness (over a sixth of the side) off a third of the images, as local processing does."""
    strength = uniform(len(x), 0, 0.7, generator) * chance(len(x), 0.33, generator)
    coarse = F.interpolate(F.avg_pool2d(x, 20), size=x.shape[-2:], mode="bilinear", align_corners=False)
    return x - strength.view(-1, 1, 1, 1) * coarse


def normalise(x):
    """The percentile normalisation of the preparation, its percentiles taken from a sixteenth of the pixels for speed."""
    sampled = x[:, :, ::4, ::4].flatten(1)
    lo, hi = torch.quantile(sampled, torch.tensor([LOW / 100, HIGH / 100]), dim=1).view(2, -1, 1, 1, 1)
    return ((x - lo) / (hi - lo).clamp(min=1e-6)).clamp(0, 1)


def curve(x, generator):
    """Gamma 0.64 to 1.57, and more or less contrast in the middle greys."""
    gamma = torch.exp(uniform(len(x), -0.45, 0.45, generator)).view(-1, 1, 1, 1)
    bend = uniform(len(x), -0.8, 1.2, generator).view(-1, 1, 1, 1)
    x = x.clamp(min=1e-4) ** gamma
    return x + bend * x * (1 - x) * (2 * x - 1)


def erase(x, generator):
    """A flat patch of up to a quarter of the width on a quarter of the images."""
    for i in torch.nonzero(chance(len(x), 0.25, generator)).flatten().tolist():
        side = int(uniform(1, 0.08, 0.25, generator) * x.shape[-1])
        top, left = (torch.rand(2, generator=generator) * (x.shape[-1] - side)).int().tolist()
        x[i, :, top:top + side, left:left + side] = torch.rand(1, generator=generator)
    return x


def base(images):
    """uint8 (N, 224, 224) to the size that is varied."""
    parts = [F.interpolate(part.unsqueeze(1).float(), size=(BASE, BASE), mode="bilinear", antialias=True, align_corners=False)
             for part in images.split(64)]
    return torch.cat(parts).squeeze(1).round().clamp(0, 255).byte()


def augment(images, log_aspect, generator):
    """uint8 (N, BASE, BASE) and their log widths (N,) to varied model inputs (N, 1, SIZE, SIZE)."""
    x = images.unsqueeze(1).float() / 255
    x = coarsen(sharpness(pose(x, log_aspect, generator), generator), generator)
    x = curve(normalise(flatten(shade(x, generator), generator)), generator)
    noise = uniform(len(x), 0, 0.04, generator) * chance(len(x), 0.6, generator)
    x = x + torch.randn(x.shape, generator=generator) * noise.view(-1, 1, 1, 1)
    return erase(x.clamp(0, 1), generator)
