"""Writes metrics.json: predictions and what scikit-learn measures on them.

Made with Python 3.11, numpy 2.4.6, scipy 1.17.1 and scikit-learn 1.9.1; run it beside the file to make it again.
A metric that is undefined is null. Predicted classes are the most probable ones, the first on a tie.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.stats import binomtest
from sklearn import metrics as m

warnings.simplefilter("error")


def round_trip(values):
    return [[float(v) for v in row] for row in values]


def wilson(part, whole):
    if whole == 0:
        return None
    interval = binomtest(int(part), int(whole)).proportion_ci(0.95, method="wilson")
    return [float(interval.low), float(interval.high)]


def classification(name, classes, truth, probabilities, positive=None):
    p = np.asarray(probabilities, dtype=float)
    y = np.asarray(truth)
    predicted = np.asarray(classes)[p.argmax(axis=1)]
    one_hot = (y[:, None] == np.asarray(classes)[None, :]).astype(int)
    nan = float("nan")
    if positive is None:
        each = dict(labels=classes, average=None, zero_division=nan)
        scores = [f(y, predicted, **each) for f in (m.precision_score, m.recall_score, m.f1_score)]
        precision, recall, f1 = (float(np.mean(s)) for s in scores)
        whole = one_hot.any(axis=0).all() and not one_hot.all(axis=0).any()
        auc = m.roc_auc_score(y, p, multi_class="ovr", average="macro", labels=classes) if whole else nan
        average_precision = (
            float(np.mean([m.average_precision_score(one_hot[:, i], p[:, i]) for i in range(len(classes))]))
            if one_hot.any(axis=0).all()
            else nan
        )
        brier = m.brier_score_loss(y, p, labels=classes)
        intervals = {"accuracy": wilson((y == predicted).sum(), len(y))}
    else:
        index = classes.index(positive)
        is_positive = (y == positive).astype(int)
        says_positive = (predicted == positive).astype(int)
        kind = dict(zero_division=nan)
        precision = m.precision_score(is_positive, says_positive, **kind) if says_positive.any() else nan
        recall = m.recall_score(is_positive, says_positive, **kind) if is_positive.any() else nan
        f1 = m.f1_score(is_positive, says_positive, **kind) if (is_positive | says_positive).any() else nan
        both = 0 < is_positive.sum() < len(y)
        auc = m.roc_auc_score(is_positive, p[:, index]) if both else nan
        average_precision = m.average_precision_score(is_positive, p[:, index]) if is_positive.any() else nan
        brier = m.brier_score_loss(is_positive, p[:, index], pos_label=1)
        hits = (is_positive & says_positive).sum()
        intervals = {
            "accuracy": wilson((y == predicted).sum(), len(y)),
            "precision": wilson(hits, says_positive.sum()),
            "recall": wilson(hits, is_positive.sum()),
        }
    values = {
        "accuracy": m.accuracy_score(y, predicted),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "auc": auc,
        "prAuc": average_precision,
        "logLoss": m.log_loss(y, p, labels=classes),
        "brier": brier,
    }
    return {
        "name": name,
        "task": "multiclass-classification" if positive is None else "binary-classification",
        "classes": classes,
        "positive": positive,
        "truth": list(map(str, y)),
        "probabilities": round_trip(p),
        "metrics": {k: None if np.isnan(v) else float(v) for k, v in values.items()},
        "wilson": intervals,
        "confusion": m.confusion_matrix(y, predicted, labels=classes).tolist(),
    }


def regression(name, truth, predicted):
    y, p = np.asarray(truth, dtype=float), np.asarray(predicted, dtype=float)
    values = {
        "mae": m.mean_absolute_error(y, p),
        "rmse": m.root_mean_squared_error(y, p),
        "r2": None if np.ptp(y) == 0 else m.r2_score(y, p),
    }
    return {
        "name": name,
        "task": "regression",
        "numbers": [float(v) for v in y],
        "values": [float(v) for v in p],
        "metrics": {k: None if v is None else float(v) for k, v in values.items()},
    }


def binary(generator, rows, share, noise, digits):
    truth = generator.random(rows) < share
    score = 1 / (1 + np.exp(-(2 * truth - 1 + noise * generator.standard_normal(rows))))
    score = np.round(score, digits)
    return np.where(truth, "yes", "no"), np.column_stack([1 - score, score])


def multiclass(generator, rows, shares, noise):
    names = ["ash", "birch", "cedar", "elm"][: len(shares)]
    truth = generator.choice(len(shares), rows, p=shares)
    logits = np.eye(len(shares))[truth] * 1.5 + noise * generator.standard_normal((rows, len(shares)))
    p = np.exp(logits)
    return names, np.asarray(names)[truth], p / p.sum(axis=1, keepdims=True)


g = np.random.default_rng(20260101)
cases = []
y, p = binary(g, 200, 0.4, 1.5, 6)
cases.append(classification("binary", ["no", "yes"], y, p, "yes"))
cases.append(classification("binary, the other class positive", ["no", "yes"], y, p, "no"))
y, p = binary(g, 300, 0.35, 1.5, 1)
cases.append(classification("binary with ties and certainties", ["no", "yes"], y, p, "yes"))
y, p = binary(g, 400, 0.03, 1.0, 4)
cases.append(classification("imbalanced", ["no", "yes"], y, p, "yes"))
y, p = binary(g, 100, 0.3, 0.2, 4)
p = np.column_stack([np.full(100, 0.9), np.full(100, 0.1)])
cases.append(classification("positive class never predicted", ["no", "yes"], y, p, "yes"))
cases.append(
    classification("positive class absent", ["no", "yes"], ["no"] * 4, [[0.9, 0.1], [0.4, 0.6], [1, 0], [0.5, 0.5]], "yes")
)
names, y, p = multiclass(g, 250, [0.5, 0.3, 0.2], 1.0)
cases.append(classification("three classes", names, y, p))
names, y, p = multiclass(g, 400, [0.7, 0.2, 0.07, 0.03], 0.7)
cases.append(classification("four classes, one rare", names, y, p))
cases.append(
    classification(
        "a class of three never predicted",
        ["ash", "birch", "cedar"],
        ["ash", "birch", "cedar", "ash", "birch"],
        [[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.5, 0.3, 0.2], [0.3, 0.4, 0.3], [0.1, 0.8, 0.1]],
    )
)
cases.append(
    classification(
        "a class of three absent",
        ["ash", "birch", "cedar"],
        ["ash", "birch", "ash", "birch"],
        [[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.5, 0.3, 0.2], [0.1, 0.1, 0.8]],
    )
)
y = g.standard_normal(300) * 40 + 100
cases.append(regression("regression", y, y + g.standard_normal(300) * 15))
cases.append(regression("worse than the mean", y[:50], -y[:50]))
cases.append(regression("constant truth", [3.0] * 6, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]))

document = {
    "madeWith": {
        "python": ".".join(map(str, sys.version_info[:3])),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    },
    "cases": cases,
}
Path(__file__).with_name("metrics.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")
