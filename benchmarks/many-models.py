#!/usr/bin/env python3
"""Pushes many small models at once and measures what the machine gives for them.

Writes a repository of generated models, runs `plumb up --once` over it and prints one table: seconds, how many children
trained at one time at most, the most memory that everything Plumbline ran held together (resident, from /proc), and how
much was swapped meanwhile.

Usage: benchmarks/many-models.py [MODELS] (50 when not said otherwise; Linux)
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = 400
PAUSE = 0.2
MIB = 1 << 20

SPECS = """\
apiVersion: plumbline.dev/v1
kind: Model
metadata: {{name: {name}, owner: bench@example.com}}
spec: {{task: binary-classification, riskTier: low}}
---
apiVersion: plumbline.dev/v1
kind: Dataset
metadata: {{name: {name}, owner: bench@example.com}}
spec:
  source: {{path: data/{name}.csv}}
  label: y
  positive: yes
  schema:
    x: {{type: number}}
    z: {{type: number}}
    y: {{type: category, values: [no, yes]}}
---
apiVersion: plumbline.dev/v1
kind: Training
metadata: {{name: {name}, owner: bench@example.com}}
spec:
  model: {name}
  dataset: {name}
  trainer: {{algorithm: logistic-regression, seed: 1}}
---
apiVersion: plumbline.dev/v1
kind: Serving
metadata: {{name: {name}, owner: bench@example.com}}
spec:
  model: {name}
  version: none
  promotion: {{mode: commit}}
"""


def write(folder, models):
    """A working copy of this many models, each with data of its own seed."""
    (folder / "data").mkdir(parents=True)
    (folder / "specs").mkdir()
    for number in range(1, models + 1):
        name = f"model-{number:03}"
        draw = random.Random(number)
        lines = ["x,z,y"]
        for _ in range(ROWS):
            x, z = draw.gauss(0, 1), draw.gauss(0, 1)
            lines.append(f"{x:.4f},{z:.4f},{'yes' if x + 0.3 * z + draw.gauss(0, 0.5) > 0 else 'no'}")
        (folder / "data" / f"{name}.csv").write_text("\n".join(lines) + "\n")
        (folder / "specs" / f"{name}.yaml").write_text(SPECS.format(name=name))


def git(folder, *arguments):
    subprocess.run(["git", "-C", folder, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def processes(root):
    """The process with this id and everything that it started, with the memory each holds in bytes."""
    children, held = {}, {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            fields = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()
            held[int(entry)] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
            children.setdefault(int(fields[1]), []).append(int(entry))
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
    found, waiting = {}, [root]
    while waiting:
        pid = waiting.pop()
        if pid in held:
            found[pid] = held[pid]
        waiting += children.get(pid, [])
    return found


def trains(pid):
    try:
        return b"TrainingMain" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False


def swapped():
    """Pages that the machine has swapped out so far."""
    counters = dict(line.split() for line in Path("/proc/vmstat").read_text().splitlines())
    return int(counters["pswpout"])


def measure(work, models):
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PLUMBLINE_"))}
    environment |= {"XDG_STATE_HOME": str(work / "state"), "NO_COLOR": "1"}
    log = work / "up.log"
    before, begun = swapped(), time.monotonic()
    most, together, once = 0, 0, 0
    command = [ROOT / "plumb", "up", work / "mine", "--once", "--port", "0", "--serving-port", "0"]
    with open(log, "wb") as out:
        plumb = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        try:
            while plumb.poll() is None:
                now = processes(plumb.pid)
                children = [pid for pid in now if trains(pid)]
                together = max(together, len(children))
                once = max([once] + [now[pid] for pid in children])
                most = max(most, sum(now.values()))
                time.sleep(PAUSE)
        finally:
            if plumb.poll() is None:
                plumb.terminate()
                plumb.wait()
    seconds = time.monotonic() - begun
    if plumb.returncode != 0:
        sys.exit(f"plumb up ended with {plumb.returncode}:\n" + "\n".join(log.read_text().splitlines()[-20:]))
    return seconds, together, once, most, swapped() - before


def ready(work):
    """How many endpoints the repository's own history says were promoted to their first version."""
    log = subprocess.run(
        ["git", "-C", work / "mine.git", "log", "--format=%s", "main"], check=True, capture_output=True, text=True
    ).stdout
    return sum(line.startswith("Promote ") for line in log.splitlines())


def main():
    models = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    subprocess.run([ROOT / "plumb", "version"], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory(prefix="plumbline-models-") as folder:
        work = Path(folder)
        write(work / "mine", models)
        git(work / "mine", "init", "-q", "-b", "main")
        git(work / "mine", "config", "user.name", "Bench")
        git(work / "mine", "config", "user.email", "bench@example.com")
        git(work / "mine", "add", "-A")
        git(work / "mine", "commit", "-q", "-m", f"{models} models")
        seconds, together, once, most, swap = measure(work, models)
        print("| models | promoted | s | trained at once | one training MiB | all MiB | pages swapped out |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        print(f"| {models} | {ready(work)} | {seconds:.0f} | {together} | {once // MIB} | {most // MIB} | {swap} |")


if __name__ == "__main__":
    main()
