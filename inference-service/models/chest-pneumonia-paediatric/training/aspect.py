"""How wide each training radiograph was before it was squashed: told by the 512 px set, else estimated from the picture.

Training needs it to give both classes the same widths (see augment.py), as it is no sign of pneumonia.
"""

import numpy as np
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import cross_val_predict
from sklearn.preprocessing import StandardScaler
from sklearn.pipeline import make_pipeline

GRID = 28


def features(part):
    """Means of 8 x 8 pixels, each image with mean 0 and deviation 1, and the label."""
    n, size = len(part["images"]), part["images"].shape[1]
    cells = part["images"].reshape(n, GRID, size // GRID, GRID, size // GRID).astype(np.float32).mean(axis=(2, 4)).reshape(n, -1)
    cells = (cells - cells.mean(axis=1, keepdims=True)) / (cells.std(axis=1, keepdims=True) + 1e-6)
    return np.column_stack([cells, part["labels"] * 2.0 - 1.0])


def log_aspects(part):
    """Natural logarithm of width over height (N,), and how much of its variance the estimate explains (five folds)."""
    x, known = features(part), ~np.isnan(part["aspect"])
    told = np.log(part["aspect"][known])
    fit = make_pipeline(StandardScaler(), RidgeCV(np.logspace(1, 5, 9)))
    folds = cross_val_predict(fit, x[known], told, cv=5)
    result = fit.fit(x[known], told).predict(x)
    result[known] = told
    return result, 1 - float(np.var(told - folds) / np.var(told))
