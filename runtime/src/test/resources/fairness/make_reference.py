"""Writes reference.json: seeded predictions, and what Fairlearn and statsmodels say of them.

Run it beside the file to make it again; the versions that made it are in it. Every rate of every group is defined: where one
is not, Fairlearn answers 0 and we answer nothing. Predicted classes are the most probable ones.
"""

import json
import sys
from pathlib import Path

import fairlearn
import fairlearn.metrics as f
import numpy as np
import pandas as pd
import sklearn
import statsmodels
from sklearn.metrics import precision_score
from statsmodels.stats.proportion import confint_proportions_2indep


def rates(truth, predicted, columns):
    frame = f.MetricFrame(
        metrics={
            "n": f.count,
            "baseRate": lambda y, p: float(np.mean(y)),
            "selectionRate": f.selection_rate,
            "truePositiveRate": f.true_positive_rate,
            "falsePositiveRate": f.false_positive_rate,
            "positivePredictiveValue": precision_score,
        },
        y_true=truth,
        y_pred=predicted,
        sensitive_features=columns,
    )
    groups = []
    for key, row in frame.by_group.iterrows():
        values = list(key) if isinstance(key, tuple) else [key]
        groups.append({"values": list(map(str, values)), "rates": {k: float(v) for k, v in row.items()}})
    precision = frame.by_group["positivePredictiveValue"]
    return groups, float(precision.max() - precision.min())


def gaps(truth, predicted, columns):
    groups, precision = rates(truth, predicted, columns)
    kind = dict(sensitive_features=columns)
    return {
        "columns": list(columns.columns),
        "groups": groups,
        "gaps": {
            "demographicParityDifference": float(f.demographic_parity_difference(truth, predicted, **kind)),
            "demographicParityRatio": float(f.demographic_parity_ratio(truth, predicted, **kind)),
            "equalizedOddsDifference": float(f.equalized_odds_difference(truth, predicted, **kind)),
            "equalOpportunityDifference": float(f.equal_opportunity_difference(truth, predicted, **kind)),
            "predictiveParityDifference": precision,
        },
    }


def case(name, truth, score, columns):
    truth = np.asarray(truth, dtype=int)
    predicted = (np.asarray(score) > 0.5).astype(int)
    frame = pd.DataFrame(columns)
    names = list(columns)
    subsets = [[one] for one in names] + [[one, other] for i, one in enumerate(names) for other in names[i + 1 :]]
    return {
        "name": name,
        "truth": truth.tolist(),
        "scores": [float(v) for v in score],
        "columns": {k: list(map(str, v)) for k, v in columns.items()},
        "partitions": [gaps(truth, predicted, frame[subset]) for subset in subsets],
    }


def drawn(name, generator, rows, columns, tilt):
    values = {k: generator.choice(v, rows) for k, v in columns.items()}
    ahead = sum(tilt * (v == columns[k][0]) for k, v in values.items())
    truth = generator.random(rows) < 0.35 + 0.1 * ahead
    score = 1 / (1 + np.exp(-(2 * truth - 1 + ahead + 1.5 * generator.standard_normal(rows))))
    return case(name, truth, np.round(score, 6), values)


def pairs(generator, count):
    for _ in range(count):
        n1, n2 = (int(v) for v in generator.integers(1, 400, 2))
        yield int(generator.integers(0, n1 + 1)), n1, int(generator.integers(0, n2 + 1)), n2


def difference(c1, n1, c2, n2):
    low, high = confint_proportions_2indep(c1, n1, c2, n2, compare="diff", method="newcomb")
    return [c1, n1, c2, n2, float(low), float(high)]


def ratio(c1, n1, c2, n2):
    low, high = confint_proportions_2indep(c1, n1, c2, n2, compare="ratio", method="log-adjusted")
    return [c1, n1, c2, n2, float(low), float(high)]


g = np.random.default_rng(20261122)
truth = [int(c) for c in "011110101000111111"]
predicted = [int(c) for c in "001011100111100110"]
example = {"group": list("bbabbcccaacabccbcc")}
cases = [
    case("the example of Fairlearn's user guide", truth, [0.9 if p else 0.1 for p in predicted], example),
    drawn("two groups", g, 400, {"sex": ["female", "male"]}, 0.8),
    drawn("four groups", g, 900, {"region": ["north", "east", "south", "west"]}, 1.0),
    drawn("three columns", g, 3000, {"sex": ["f", "m"], "age": ["young", "mid", "old"], "home": ["own", "rent"]}, 0.6),
    drawn("no difference but chance", g, 1000, {"sex": ["f", "m"], "home": ["own", "rent"]}, 0.0),
]
document = {
    "madeWith": {
        "python": ".".join(map(str, sys.version_info[:3])),
        "numpy": np.__version__,
        "pandas": pd.__version__,
        "scikit-learn": sklearn.__version__,
        "fairlearn": fairlearn.__version__,
        "statsmodels": statsmodels.__version__,
    },
    "cases": cases,
    "differences": [difference(*pair) for pair in pairs(g, 60)],
    "ratios": [ratio(*pair) for pair in pairs(g, 60) if 0 < pair[0] and 0 < pair[2]],
}
Path(__file__).with_name("reference.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")
