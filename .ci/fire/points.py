"""Every failpoint, what brings the loop to it, and which process dies there.

A row: name, what a person does, whose process dies (control, serve or training), and at which hit. `start` kills what the
victim is and starts it again; `takeover` starts the control plane as a stranger that takes the ledger over.
"""

import re
from pathlib import Path

from lab import check

SOURCE = "schemas/src/main/java/dev/plumbline/schemas/fault/Failpoint.java"

POINTS = [
    ("takeover.committed", "takeover", "control", 1),
    ("takeover.pushed", "takeover", "control", 1),
    ("serving.spawned", "start", "control", 1),
    ("serving.found", "start", "control", 1),
    ("serve.restored", "start", "serve", 1),
    ("serve.published", "start", "serve", 1),
    ("table.written", "start", "serve", 1),
    ("run.lost-ended", "start", "control", 1),
    ("fetch.listed", "train", "control", 1),
    ("fetch.fetched", "train", "control", 1),
    ("fetch.accepted", "train", "control", 1),
    ("catalog.loaded", "train", "control", 1),
    ("admission.judged", "train", "control", 1),
    ("admission.recorded", "train", "control", 1),
    ("data.copied", "data", "control", 1),
    ("data.read", "data", "control", 1),
    ("artifact.written", "data", "control", 1),
    ("artifact.moved", "data", "control", 1),
    ("plan.made", "train", "control", 1),
    ("plan.made", "train", "control", 2),
    ("plan.made", "train", "control", 3),
    ("run.asked", "train", "control", 1),
    ("run.recorded", "train", "control", 1),
    ("run.started", "train", "control", 1),
    ("training.spawned", "train", "control", 1),
    ("training.read", "train", "training", 1),
    ("training.fitted", "train", "training", 1),
    ("artifact.written", "train", "training", 1),
    ("artifact.moved", "train", "training", 1),
    ("training.stored", "train", "training", 1),
    ("run.ended", "train", "control", 1),
    ("run.end-recorded", "train", "control", 1),
    ("registration.judged", "train", "control", 1),
    ("version.registered", "train", "control", 1),
    ("promotion.judged", "train", "control", 1),
    ("promotion.committed", "train", "control", 1),
    ("promotion.before-push", "train", "control", 1),
    ("promotion.pushed", "train", "control", 1),
    ("promotion.recorded", "train", "control", 1),
    ("promotion.pushed", "rollback", "control", 1),
    ("promotion.recorded", "rollback", "control", 1),
    ("move.observed", "revert", "control", 1),
    ("move.recorded", "revert", "control", 1),
    ("endpoint.before-deploy", "revert", "control", 1),
    ("artifact.probed", "train", "serve", 1),
    ("table.previous-kept", "revert", "serve", 1),
    ("table.written", "train", "serve", 1),
    ("table.moved", "revert", "serve", 1),
    ("table.swapped", "train", "serve", 1),
    ("endpoint.deployed", "revert", "control", 1),
    ("endpoint.recorded", "train", "control", 1),
    ("endpoint.before-deploy", "add", "control", 1),
    ("endpoint.removed", "remove", "control", 1),
    ("endpoint.deployed", "add", "control", 1),
    ("endpoint.removal-recorded", "remove", "control", 1),
    ("table.moved", "add", "serve", 1),
    ("table.previous-kept", "remove", "serve", 1),
    ("ledger.committed", "train", "control", 1),
    ("ledger.committed", "train", "control", 3),
    ("ledger.moved", "train", "control", 2),
    ("ledger.before-push", "train", "control", 1),
    ("ledger.pushed", "train", "control", 1),
    ("ledger.move-committed", "train", "control", 1),
    ("ledger.move-committed", "train", "control", 2),
    ("ledger.move-pushed", "train", "control", 1),
    ("ledger.move-pushed", "train", "control", 2),
]


def names(root):
    """The names of all failpoints, from the source that defines them."""
    source = Path(root) / SOURCE
    found = re.findall(r'^    [A-Z_]+\("([a-z.-]+)"\)[,;]$', source.read_text(), re.MULTILINE)
    check(found, f"{SOURCE} lists no failpoint")
    return found


def chosen(root, which, draw):
    """The rows that are asked for: all, a number drawn at random in their order, or names. Every failpoint must have one."""
    known = names(root)
    rows = {row[0] for row in POINTS}
    check(rows == set(known), f"points and failpoints differ by {rows ^ set(known)}")
    if which == "all":
        return POINTS
    if which.isdigit():
        return [POINTS[index] for index in sorted(draw.sample(range(len(POINTS)), min(int(which), len(POINTS))))]
    wanted = which.split(",")
    unknown = [name for name in wanted if name not in rows]
    check(not unknown, f"there is no point {unknown}; there are: {', '.join(known)}")
    return [row for row in POINTS if row[0] in wanted]
