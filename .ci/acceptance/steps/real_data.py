"""Real tables, with no file written by hand."""

import json
import os
from pathlib import Path

from lab import Failure, check

CHECKOUT = Path(__file__).resolve().parents[3]


def folder():
    """Where the real tables are; None when they are not here."""
    named = os.environ.get("PLUMBLINE_DATA")
    if named:
        return Path(named).resolve()
    beside = CHECKOUT.parent / "shared" / "data"
    return beside.resolve() if beside.is_dir() else None


def steps(lab):
    data = folder()
    if data is None:
        print("=" * 80 + "\nNO REAL DATA: set PLUMBLINE_DATA to the folder of the tables. Skipped.\n" + "=" * 80)

    def table(title, name, file, least, *arguments):
        def step():
            return goes_live(lab, name, data / file, least, arguments)

        return title, step if data else None

    return [
        table("Telco churn", "telco", "telco-customer-churn.csv", 0.80, "--label", "Churn"),
        table("German credit, without a header", "credit", "german-credit.csv", 0.70,
              "--no-header", "--label", "column21"),
    ]


def goes_live(lab, name, file, least, arguments):
    """`init` and `up --once`; the area under the ROC curve with its interval."""
    if not file.exists():
        raise Failure(f"there is no {file.name} in the data folder")
    work = lab.folder("real")
    lab.run([lab.plumb, "init", name, "--data", file, *arguments, "--owner", "ada@example.com"], cwd=work)
    lab.run(
        [lab.plumb, "up", name, "--once", "--port", "0", "--serving-port", "0", "--state", work / f"{name}-state"],
        cwd=work, seconds=300,
    )
    done = lab.run([lab.plumb, "versions", "-o", "json", "--repo", work / name], cwd=work)
    versions = json.loads(done.stdout)["versions"]
    check(len(versions) == 1, f"there are {len(versions)} versions, not one")
    auc = versions[0]["metrics"]["auc"]
    said = f"AUC {auc['value']:.4f} [{auc['low']:.4f}, {auc['high']:.4f}] on {auc['n']} held-out rows"
    check(auc["low"] <= auc["value"] <= auc["high"], f"the interval does not hold its value: {said}")
    check(auc["value"] >= least, f"{said}; at least {least} was to be reached")
    return said
