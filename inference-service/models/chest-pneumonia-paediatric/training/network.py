"""The pneumonia classifier: a small residual network whose last layer is linear on the pooled features, so the map is exact."""

import torch
from torch import nn


class Residual(nn.Module):
    """Two 3x3 convolutions with a shortcut; the first one halves the size."""

    def __init__(self, channels_in, channels_out):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(channels_in, channels_out, 3, 2, 1, bias=False), nn.BatchNorm2d(channels_out), nn.ReLU(inplace=True),
            nn.Conv2d(channels_out, channels_out, 3, 1, 1, bias=False), nn.BatchNorm2d(channels_out))
        self.shortcut = nn.Sequential(
            nn.AvgPool2d(2), nn.Conv2d(channels_in, channels_out, 1, bias=False), nn.BatchNorm2d(channels_out))

    def forward(self, x):
        return torch.relu(self.body(x) + self.shortcut(x))


class Classifier(nn.Module):
    """Input (N, 1, 160, 160) in 0..1; gives features (N, 192, 10, 10) and from them logit and map."""

    WIDTHS = (24, 48, 96, 192)

    def __init__(self):
        super().__init__()
        first = self.WIDTHS[0]
        stem = [nn.Conv2d(1, first, 5, 2, 2, bias=False), nn.BatchNorm2d(first), nn.ReLU(inplace=True)]
        stages = [Residual(a, b) for a, b in zip(self.WIDTHS, self.WIDTHS[1:])]
        self.features = nn.Sequential(*stem, *stages)
        self.dropout = nn.Dropout(0.3)
        self.head = nn.Linear(self.WIDTHS[-1], 1)

    def forward(self, x):
        return self.head(self.dropout(self.features(x - 0.5).mean(dim=(2, 3))))

    def explain(self, x):
        """Logit (N, 1) and the map (N, 1, 10, 10) whose mean is the logit."""
        features = self.features(x - 0.5)
        cam = (features * self.head.weight.view(1, -1, 1, 1)).sum(dim=1, keepdim=True) + self.head.bias.view(1, 1, 1, 1)
        return self.head(features.mean(dim=(2, 3))), cam


class Ensemble(nn.Module):
    """Mean logit and mean map of networks trained from different seeds."""

    def __init__(self, members):
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, x):
        parts = [member.explain(x) for member in self.members]
        return sum(p[0] for p in parts) / len(parts), sum(p[1] for p in parts) / len(parts)
