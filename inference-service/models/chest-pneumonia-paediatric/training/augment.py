"""Training-time variation: pose, sharpness, recompression, grey curve, shading, noise. Batches in torch; never used in evaluation."""

import io

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from preparation import HIGH, LOW, SIZE


def recompress(image, rng):
    """One JPEG round trip at a random size and quality, as the archives this network meets have been through."""
    size = int(image.shape[0] * rng.uniform(0.55, 1.0))
    buffer = io.BytesIO()
    Image.fromarray(image).resize((size, size), Image.BILINEAR).save(buffer, "JPEG", quality=int(rng.integers(40, 92)))
    return np.asarray(Image.open(buffer).resize(image.shape[::-1], Image.BILINEAR))


def uniform(n, low, high, generator):
    return torch.rand(n, generator=generator) * (high - low) + low


def pose(x, generator):
    """Rotation to 8 degrees, zoom 0.85 to 1.1 by axis, shift to 6 %, mirrored half of the time."""
    n = len(x)
    angle = uniform(n, -0.14, 0.14, generator)
    zoom = uniform(n, 0.9, 1.15, generator)
    stretch = uniform(n, 0.93, 1.07, generator)
    mirror = torch.where(torch.rand(n, generator=generator) < 0.5, -1.0, 1.0)
    theta = torch.stack([
        torch.stack([torch.cos(angle) * zoom * stretch * mirror, -torch.sin(angle) * zoom, uniform(n, -0.12, 0.12, generator)], 1),
        torch.stack([torch.sin(angle) * zoom * mirror, torch.cos(angle) * zoom / stretch, uniform(n, -0.12, 0.12, generator)], 1)], 1)
    return F.grid_sample(x, F.affine_grid(theta, x.shape, align_corners=False), padding_mode="border", align_corners=False)


def blur(x, generator):
    """Half of the batch through a 3x3 smoothing of random strength."""
    strength = uniform(len(x), 0.0, 1.0, generator) * (torch.rand(len(x), generator=generator) < 0.5)
    smooth = F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)
    return x + strength.view(-1, 1, 1, 1) * (smooth - x)


def shade(x, generator):
    """A linear drift of brightness over the image, as from the heel effect or a tilted detector."""
    n, size = len(x), x.shape[-1]
    ramp = torch.linspace(-1, 1, size)
    across = uniform(n, -0.12, 0.12, generator).view(-1, 1, 1, 1) * ramp.view(1, 1, 1, -1)
    down = uniform(n, -0.12, 0.12, generator).view(-1, 1, 1, 1) * ramp.view(1, 1, -1, 1)
    return x + across + down


def normalise(x):
    """The percentile normalisation of the preparation, its percentiles taken from every third pixel for speed."""
    sampled = x.flatten(1)[:, ::3]
    lo, hi = torch.quantile(sampled, torch.tensor([LOW / 100, HIGH / 100]), dim=1).view(2, -1, 1, 1, 1)
    return ((x - lo) / (hi - lo).clamp(min=1e-6)).clamp(0, 1)


def curve(x, generator):
    """Gamma 0.7 to 1.4."""
    gamma = torch.exp(uniform(len(x), -0.36, 0.36, generator)).view(-1, 1, 1, 1)
    return x.clamp(min=1e-4) ** gamma


def erase(x, generator):
    """A flat patch of up to a quarter of the width on a quarter of the images."""
    for i in torch.nonzero(torch.rand(len(x), generator=generator) < 0.25).flatten().tolist():
        side = int(uniform(1, 0.08, 0.25, generator) * x.shape[-1])
        top, left = (torch.rand(2, generator=generator) * (x.shape[-1] - side)).int().tolist()
        x[i, :, top:top + side, left:left + side] = torch.rand(1, generator=generator)
    return x


def augment(images, generator):
    """uint8 (N, 224, 224) to varied model inputs (N, 1, SIZE, SIZE)."""
    x = images.unsqueeze(1).float() / 255
    x = blur(pose(x, generator), generator)
    x = F.interpolate(x, size=(SIZE, SIZE), mode="bilinear", antialias=True, align_corners=False)
    x = curve(normalise(shade(x, generator)), generator)
    noise = torch.randn(x.shape, generator=generator) * uniform(len(x), 0, 0.03, generator).view(-1, 1, 1, 1)
    return erase((x + noise).clamp(0, 1), generator)
