"""
Scores by scikit-learn, and intervals by SciPy's bootstrap and DeLong's definition, as a fixture of score-reference.test.ts.
Run: python score-reference.py > score-reference.test-data.ts (scikit-learn 1.9, SciPy 1.17)
The predictions are made by a formula that the test repeats: noise(i, n) = ((37 i + 11 n) mod 23 - 11) / 16. Logits of
row r and class c are [c is the row's own class] (3 noise(r, 2) + 1.2) + noise(c + k r, 1) of k classes; in every fifth row the
probabilities are then rounded to tenths and mixed with a tenth of 1/k, so that there are ties. Numbers are 10 noise(r, 0), predicted with 3 noise(r², 5) added.
"""

import json

import numpy as np
from scipy.stats import bootstrap
from sklearn import metrics
from sklearn.calibration import calibration_curve

ROWS = 120


def noise(i, n):
    return ((37 * i + 11 * n) % 23 - 11) / 16


def classes_of(k):
    rows = np.arange(ROWS)
    # The first class is the most frequent one; of five classes, two do not occur.
    actual = np.array([0 if r % 3 == 0 else r * (r + 1) // 2 % k for r in rows])
    logits = np.array([[(c == actual[r]) * (3 * noise(r, 2) + 1.2) + noise(c + k * r, 1) for c in range(k)] for r in rows])
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    tied = rows % 5 == 0
    p[tied] = np.round(p[tied] * 10) / 10 * 0.9 + 0.1 / k
    p[tied] /= p[tied].sum(1, keepdims=True)
    return actual, p.astype(np.float32).astype(np.float64)


def calibration_error(actual, p):
    sure, right = p.max(1), (p.argmax(1) == actual).astype(int)
    shares, means = calibration_curve(right, sure, n_bins=10)
    # calibration_curve gives no counts: the same bins again.
    bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], sure)
    counts = np.bincount(bins, minlength=10)
    counts = counts[counts > 0]
    return float((counts * np.abs(shares - means)).sum() / counts.sum())


def ranked(actual, k):
    if k == 2:
        return [0 if (actual == 0).sum() < (actual == 1).sum() else 1]
    return [c for c in range(k) if (actual == c).any()]


def mean_area(area, actual, p):
    return float(np.mean([area(actual == c, p[:, c]) for c in ranked(actual, p.shape[1])]))


def delong(actual, p):
    """The variance of the mean area by its definition, pair by pair."""
    k = p.shape[1]
    total = np.zeros(len(actual))
    for c in ranked(actual, k):
        own, rest = p[actual == c, c], p[actual != c, c]
        wins = (own[:, None] > rest[None, :]) + 0.5 * (own[:, None] == rest[None, :])
        m, n, area = len(own), len(rest), wins.mean()
        total[actual == c] += (wins.mean(1) - area) / np.sqrt(m * (m - 1))
        total[actual != c] += (wins.mean(0) - area) / np.sqrt(n * (n - 1))
    half = 1.959964 * np.sqrt(((total / len(ranked(actual, k))) ** 2).sum())
    area = mean_area(metrics.roc_auc_score, actual, p)
    return [max(0, area - half), min(1, area + half)]


def resampled(statistic, count, method="percentile"):
    found = bootstrap(
        (np.arange(count),), statistic, vectorized=False, n_resamples=3000, method=method, rng=np.random.default_rng(1)
    )
    return [float(found.confidence_interval.low), float(found.confidence_interval.high)]


def class_scores(k):
    actual, p = classes_of(k)
    said = p.argmax(1)
    scores = {
        "accuracy": lambda i: metrics.accuracy_score(actual[i], said[i]),
        "balanced-accuracy": lambda i: metrics.balanced_accuracy_score(actual[i], said[i]),
        "macro-f1": lambda i: metrics.f1_score(actual[i], said[i], average="macro", zero_division=0),
        "roc-auc": lambda i: mean_area(metrics.roc_auc_score, actual[i], p[i]),
        "pr-auc": lambda i: mean_area(metrics.average_precision_score, actual[i], p[i]),
        "log-loss": lambda i: metrics.log_loss(actual[i], p[i], labels=range(k)),
        "calibration-error": lambda i: calibration_error(actual[i], p[i]),
    }
    rows = np.arange(ROWS)
    values = {name: float(score(rows)) for name, score in scores.items()}
    intervals = {name: resampled(scores[name], ROWS) for name in ("balanced-accuracy", "macro-f1", "pr-auc", "log-loss")}
    intervals["calibration-error"] = resampled(scores["calibration-error"], ROWS, "basic")
    return {"classes": k, "values": values, "intervals": intervals, "delong": delong(actual, p)}


def number_scores():
    rows = np.arange(ROWS)
    actual = np.array([10 * noise(r, 0) for r in rows])
    said = actual + np.array([3 * noise(r * r, 5) for r in rows])
    scores = {
        "mean-absolute-error": lambda i: metrics.mean_absolute_error(actual[i], said[i]),
        "root-mean-squared-error": lambda i: metrics.root_mean_squared_error(actual[i], said[i]),
        "r-squared": lambda i: metrics.r2_score(actual[i], said[i]),
    }
    values = {name: float(score(rows)) for name, score in scores.items()}
    return {"values": values, "intervals": {name: resampled(score, ROWS) for name, score in scores.items()}}


print("""/** Made by score-reference.py, which says what the numbers are. */
interface Reference {
  readonly values: Readonly<Record<string, number>>;
  readonly intervals: Readonly<Record<string, readonly [low: number, high: number]>>;
}
""")
for name, kind, value in [
    ("classReferences", "readonly (Reference & { readonly classes: number; readonly delong: readonly [number, number] })[]", [class_scores(2), class_scores(5)]),
    ("numberReference", "Reference", number_scores()),
]:
    print(f"export const {name}: {kind} = {json.dumps(value)};")
