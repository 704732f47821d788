"""What must hold after every death, read from Git, the ledger, the disk and the answers to the load."""

import re

from lab import check, until
from world import processes

LEDGER = "refs/heads/plumbline/ledger"


class Invariants:
    """Looks at what has happened since it last looked, and at everything that may never happen at all."""

    def __init__(self, world):
        self.world = world
        self.repository = world.repository
        self.ledger = None
        self.main = None
        self.attempts = {}  # run -> attempts begun
        self.trained = {}  # run -> times that its training was recorded as ended well
        self.registered = {}  # version -> times
        self.gone = set()
        self.served = {"alpha": [], "beta": []}  # what the ledger says took all traffic, in order
        self.promoted = {}  # (serving, version) -> commits on main that nobody asked for
        self.names = []  # what alpha named, in the order of main

    def hold(self, acknowledged=()):
        """After each death: nothing lost, nothing doubled, nothing answered wrongly."""
        self._kept(acknowledged)
        self._record()
        self._branch()
        self._answers()

    def settled(self):
        """Once all is still: the remote has the record, nothing lies about, nothing runs that should not."""
        world = self.world
        until("the ledger is pushed", 15, lambda: world.ref(world.mirror, LEDGER) == world.ref(self.repository.bare, LEDGER))
        self.hold()
        self._numbers()
        left = [
            str(path.relative_to(world.plane.state)) for pattern in (
                "mirror.git/**/*.lock", "artifacts/incoming/*", "scratch/*", "runs/**/scratch*", "serve/*.new", "*.draft")
            for path in world.plane.state.glob(pattern)
        ]
        check(not left, f"left over: {left}")
        locks = [path.name for path in self.repository.bare.rglob("*.lock")]
        check(not locks, f"left over in the origin: {locks}")
        serving = processes(["serve", "--state", str(world.plane.state)])
        check(len(serving) == 1, f"there are {len(serving)} serving processes of this state folder: {serving}")
        training = processes(["TrainingMain", str(world.plane.state)])
        check(not training, f"a training process outlived its control plane: {training}")

    def sound(self):
        """At the very end: every object is there and whole."""
        for folder in (self.repository.bare, self.world.mirror):
            self.world.lab.run(["git", "fsck", "--connectivity-only", "--no-dangling"], cwd=folder)

    def _kept(self, acknowledged):
        now = self.world.ref(self.world.mirror, LEDGER)
        for head in acknowledged:
            done = self.world.lab.run(
                ["git", "merge-base", "--is-ancestor", head, now], cwd=self.world.mirror, expect=None)
            check(done.returncode == 0, f"the ledger was at {head[:10]} and is at {now[:10]}, which does not contain it")

    def _record(self):
        now = self.world.ref(self.world.mirror, LEDGER)
        span = f"{self.ledger}..{now}" if self.ledger else now
        messages = self.world.lab.run(
            ["git", "log", "--reverse", "--topo-order", "--format=%B%x00", span], cwd=self.world.mirror).stdout
        self.ledger = now
        for message in messages.split("\0"):
            for subject in subjects(message):
                self._subject(subject)

    def _subject(self, subject):
        if found := re.match(r"train alpha: attempt (\d+) at run (\w+)", subject):
            run = found.group(2)
            check(not self.trained.get(run), f"run {run} was trained already and is trained again: {subject}")
            check(int(found.group(1)) == self.attempts.get(run, 0) + 1, f"an attempt was skipped or doubled: {subject}")
            self.attempts[run] = int(found.group(1))
        elif found := re.match(r"run (\w+) of alpha: Trained", subject):
            self.trained[found.group(1)] = self.trained.get(found.group(1), 0) + 1
            check(self.trained[found.group(1)] == 1, f"a training ended well twice: {subject}")
        elif found := re.match(r"register (alpha/v\d+)", subject):
            check(found.group(1) not in self.registered, f"a number was given twice: {subject}")
            self.registered[found.group(1)] = 1
        elif found := re.match(r"(alpha|beta) serves (alpha/v\d+)", subject):
            serving, version = found.groups()
            check(self.served[serving][-1:] != [version], f"a move was recorded twice: {subject}")
            self.served[serving].append(version)
            self.gone.discard(serving)
        elif found := re.match(r"promote (\w+) to ", subject):
            # An endpoint that a promotion names is on record before it serves, and may be removed before it does.
            self.gone.discard(found.group(1))
        elif found := re.match(r"remove endpoint (\w+)", subject):
            check(found.group(1) not in self.gone, f"a removal was recorded twice: {subject}")
            self.gone.add(found.group(1))
            self.served[found.group(1)].append("-")

    def _branch(self):
        """Automation promotes a version into an endpoint once, and changes nothing but the version."""
        now = self.repository.main()
        span = f"{self.main}..{now}" if self.main else now
        lines = self.world.bare(
            "log", "--reverse", "--topo-order",
            "--format=%H|%(trailers:key=Plumbline-Serving,valueonly,separator=%x2C)|"
            "%(trailers:key=Plumbline-Version,valueonly,separator=%x2C)|"
            "%(trailers:key=Plumbline-Requested-By,valueonly,separator=%x2C)", span).splitlines()
        self.main = now
        for line in lines:
            commit, serving, version, asked = line.split("|")
            name = self.world.named("alpha", commit)
            if name and self.names[-1:] != [name]:
                self.names.append(name)
            if not serving:
                continue
            changed = self.world.bare("diff", "--numstat", f"{commit}^", commit)
            check(changed == f"1\t1\tserving/{serving}.yaml", f"{commit[:10]} changes more than a version: {changed}")
            if not asked:
                self.promoted[serving, version] = self.promoted.get((serving, version), 0) + 1
                allowed = 1 if serving == "alpha" else self.world.added
                check(self.promoted[serving, version] <= allowed, f"{version} was promoted into {serving} twice")

    def _answers(self):
        """Every request was answered that could be, by versions that Git named, in the order in which it named them."""
        load = self.world.load
        failed = load.unexcused()
        check(not failed, f"{len(failed)} of {load.sent} requests failed: {failed[:3]}")
        named = iter(f"alpha/{name}" for name in self.names)
        for version in load.versions:
            check(version in named, f"{version} answered out of turn: answers {load.versions[-6:]}, Git {self.names[-6:]}")

    def _numbers(self):
        """A run has one number and a number one run, without gaps."""
        versions = self.world.plane.records("versions")
        runs = [each["run"] for each in versions]
        check(len(set(runs)) == len(runs), f"a run has two numbers: {versions}")
        highest = max(int(name.rpartition("v")[2]) for name in self.registered)
        check(len(self.registered) == highest, f"{len(self.registered)} versions, and the last is v{highest}")


def subjects(message):
    """The subjects of a commit of the ledger: one line, or a list below it when several were recorded together."""
    lines = message.strip().splitlines()
    listed = [line[2:] for line in lines[1:] if line.startswith("- ")]
    return listed or [line.removesuffix(" [skip ci]") for line in lines[:1]]
