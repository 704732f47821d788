"""One repository, one control plane, one serving process and one person, all of which can be hurt and looked at."""

import json
import os
import re
import socket
import subprocess
import time

from generated import OWNER, labelled
from lab import Failure, check, kill, tail, until
from load import Load
from product import Plane, alive, command_line, get, post
from repository import Repository

ROW = {"x": 0.9}

SPECS = f"""\
apiVersion: plumbline.dev/v1
kind: Model
metadata: {{name: alpha, owner: {OWNER}}}
spec: {{task: binary-classification}}
---
apiVersion: plumbline.dev/v1
kind: Dataset
metadata: {{name: alpha, owner: {OWNER}}}
spec:
  source: {{path: data/alpha.csv}}
  label: y
  positive: yes
  schema:
    x: {{type: number}}
    y: {{type: category, values: [no, yes]}}
---
apiVersion: plumbline.dev/v1
kind: Training
metadata: {{name: alpha, owner: {OWNER}}}
spec:
  model: alpha
  dataset: alpha
  trainer: {{algorithm: random-forest, parameters: {{trees: 5, maxDepth: 3, featureFraction: 1}}, seed: 1}}
"""

# Every candidate is good enough: what is tried here is not the gate.
SERVING = f"""\
apiVersion: plumbline.dev/v1
kind: Serving
metadata: {{name: %s, owner: {OWNER}}}
spec:
  model: alpha
  version: none
  promotion: {{mode: commit, tolerance: 1}}
  gracePeriod: 0s
"""


class PatientRepository(Repository):
    """Of a person who tries again when a process that was killed had a branch locked: its next start frees it."""

    def push(self, attempts=100):
        for _ in range(attempts):
            try:
                return super().push(2)
            except Failure as refused:
                last = refused
                time.sleep(0.3)
        raise last


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class World:
    """Made once for many deaths; `begin` brings it to a first version that serves."""

    def __init__(self, lab, seed):
        self.lab = lab
        self.seed = seed
        self.repository = PatientRepository.blank(lab, "shop", {
            "alpha.yaml": SPECS,
            "serving/alpha.yaml": SERVING % "alpha",
            "data/alpha.csv": labelled(300),
        })
        self.fuse = lab.root / "fuse"
        lab.environment["JDK_JAVA_OPTIONS"] = f"-Dplumbline.failpoint.fuse={self.fuse}"
        self.port = free_port()
        self.plane = Plane(lab, self.repository.folder, "state", serving_port=self.port)
        self.load = Load(self.port, "alpha", ROW)
        self.trained = 1
        self.rows = 300
        self.added = 0  # how often beta was asked for

    def begin(self):
        self.plane.start()
        self.converge(90)
        self.load.begin()

    # What a person does

    def train(self):
        self.trained += 1
        self.repository.change(
            f"Train with seed {self.trained}",
            lambda: self.repository.substitute("alpha.yaml", r"seed: \d+", f"seed: {self.trained}"))

    def data(self):
        self.rows += 1
        self.repository.change(
            f"Learn from {self.rows} rows",
            lambda: self.repository.write({"data/alpha.csv": labelled(self.rows)}))

    def revert(self):
        """Takes the newest promotion of alpha back, if it is in force and was not the first; else trains."""
        newest = self.repository.promotions("alpha")[0]
        if not self._revertible(newest):
            return self.train()
        try:
            return self.repository.revert(newest)
        except Failure:  # somebody promoted in between
            self.repository.git("revert", "--abort")
            return self.train()

    def _revertible(self, promotion):
        before = self.named("alpha", promotion + "^")
        return before not in ("none", None) and self.named("alpha", promotion) == self.named("alpha")

    def rollback(self):
        """`plumb rollback alpha` while the control plane may die of it."""
        post(self.plane.control, "/api/v1/servings/alpha/rollback", {"reason": "complaints"})

    def add(self):
        self.added += 1
        self.repository.change("Serve beta", lambda: self.repository.write({"serving/beta.yaml": SERVING % "beta"}))

    def remove(self):
        self.repository.change("Serve beta no more", lambda: self.repository.git("rm", "-q", "serving/beta.yaml"))

    def act(self, action):
        """One of the above, by its name."""
        {"train": self.train, "data": self.data, "revert": self.revert, "rollback": self.rollback,
         "add": self.add, "remove": self.remove}[action]()

    def prepare(self, action):
        """Brings things to where the action means something, and waits until all is still."""
        there = self.named("beta") is not None
        if action == "revert" and not self._revertible(self.repository.promotions("alpha")[0]):
            self.train()
        elif action == "add" and there:
            self.remove()
        elif action == "remove" and not there:
            self.add()
        else:
            return
        self.converge()

    # What happens to it

    def light(self, name, hit=1):
        """From now on, the process that comes to this point for this time dies there."""
        draft = self.fuse.with_suffix(".draft")
        draft.write_text(f"{name}@{hit}\n")
        draft.replace(self.fuse)

    def burnt(self, seconds=60):
        until("the point was reached", seconds, lambda: not self.fuse.exists(), 0.02)

    def dead(self):
        """Waits until the control plane is dead, and says how it ended."""
        try:
            return self.plane.process.wait(30)
        except subprocess.TimeoutExpired as lives:
            raise Failure("the control plane lives on") from lives

    def kill_control(self):
        self.plane.kill_control()

    def kill_serving(self):
        pid = self.plane.data_plane()
        if pid and alive(pid) and str(self.plane.state) in command_line(pid):
            self.load.lapse()
            kill(pid)
            until("the serving process is dead", 10, lambda: not alive(pid), 0.01)
            self.load.over()

    def stranger(self):
        """Makes the next control plane another holder of the ledger than the one before."""
        (self.plane.state / "holder").unlink()

    # What there is to see

    def named(self, serving, revision="main"):
        """The version that a Serving names in the origin; None when there is no such Serving."""
        text = self.bare("show", f"{revision}:serving/{serving}.yaml", expect=None)
        found = re.search(r"(?m)^\s*version:\s*(\S+)", text)
        return found.group(1) if found else None

    def bare(self, *arguments, expect=0):
        return self.lab.run(["git", *arguments], cwd=self.repository.bare, expect=expect).stdout.strip()

    def ref(self, folder, name):
        """Where a ref stands; None when there is none."""
        found = self.lab.run(["git", "rev-parse", "-q", "--verify", name], cwd=folder, expect=None)
        return found.stdout.strip() or None

    @property
    def mirror(self):
        return self.plane.state / "mirror.git"

    def acknowledged(self):
        """The heads of the ledger that somebody may have relied on."""
        name = "refs/heads/plumbline/ledger"
        return {head for head in (self.ref(self.mirror, name), self.ref(self.repository.bare, name)) if head}

    def converge(self, seconds=60):
        """Waits until live equals Git and nothing is left to do, twice in a row with a look at everything between."""
        until("live equals Git", seconds, self._converged)
        head = self.repository.main()
        runs = len(self.plane.runs("alpha"))
        self.plane.look_again()
        until("live still equals Git", seconds, self._converged)
        check(self.repository.main() == head, "looking again wrote a commit")
        check(len(self.plane.runs("alpha")) == runs, "looking again trained")

    def _converged(self):
        head = self.repository.main()
        status = self.plane.status()
        unready = [
            f"{each['kind']}/{each['name']}: {each['reason']}: {each['message']}"
            for each in status["resources"] if not each["ready"] or each["observedRevision"] != head
        ]
        check(status["revision"] == head, f"the status is of {status['revision']}, main is {head}")
        kinds = {f"{each['kind']}/{each['name']}" for each in status["resources"]}
        missing = {"Model/alpha", "Dataset/alpha", "Training/alpha", "Serving/alpha"} - kinds
        check(not missing, f"the status does not name {missing}")
        check(not unready, "not ready: " + "; ".join(unready))
        check(not status["problems"], f"problems: {status['problems']}")
        going = [each for each in self.plane.runs("alpha") if each["status"] in ("queued", "running")]
        check(not going, f"under way: {going}")
        for serving in ("alpha", "beta"):
            self._serves(serving, status)
        return True

    def _serves(self, serving, status):
        named = self.named(serving)
        there = {(each["kind"], each["name"]): each for each in status["resources"]}
        said = there.get(("Serving", serving))
        code, version, body = self.plane.predict(serving, ROW)
        if named is None:
            check(said is None and code == 404, f"{serving} is gone from Git, and there is {said}, answering {code}")
            return
        candidate = there["Training", "alpha"].get("version")
        held = said and said["reason"] == "HeldBack"
        check(code == 200 and version == f"alpha/{named}", f"{serving} names {named}, {code} {version} answers: {body}")
        check(candidate == named or held, f"{serving} names {named}, {candidate} is asked for and not held back")

    def explain(self):
        """What one needs to understand a failure."""
        lines = [f"--- the end of {self.plane.log}", tail(self.plane.log, 40)]
        lines += ["--- the end of its serve.log", tail(self.plane.state / "serve" / "serve.log", 15)]
        code, _, body = get(self.plane.control, "/api/v1/status") if self.plane.addresses else (0, {}, "")
        if code == 200:
            lines += [json.dumps(each) for each in json.loads(body)["resources"]]
        return "\n".join(lines)

    def end(self):
        self.load.end()
        for plane in self.lab.planes:
            plane.end()


def processes(words):
    """The ids of the processes whose command line holds all these words."""
    return [
        int(pid) for pid in os.listdir("/proc")
        if pid.isdigit() and all(word in command_line(int(pid)) for word in words) and alive(int(pid))
    ]


def moment(draw, longest):
    """Waits for a random moment."""
    time.sleep(draw.uniform(0.02, longest))
