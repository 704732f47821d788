#!/usr/bin/env python3
"""Kills a real control plane and its serving process at every named point of the loop, and at random moments.

Predictions are asked for all the time. After each death: it comes back and converges to what Git says; no run is trained to
success twice, no version promoted twice, no number given twice, nothing lost that the ledger acknowledged; and no request
failed that the serving process could answer.

Usage: run.py [--points all|N|NAME,…] [--random N] [--seed S] [--plumb PATH]
The last line is `N passed, N failed, N skipped`; the exit code is 0 when nothing failed.
"""

import argparse
import random
import sys
import threading
import time
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent / "acceptance")]

from invariants import Invariants  # noqa: E402
from lab import Failure, Lab, check, kill, until  # noqa: E402
from points import chosen  # noqa: E402
from world import ROW, World, moment  # noqa: E402

KILLED = 137  # how the process ends that dies at a point
BETWEEN_LOOKS = 10  # random deaths after which it may come to rest and is looked at


def main():
    arguments = parse()
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    begun = time.monotonic()
    print(f"seed {arguments.seed}", flush=True)
    stage = Stage(arguments.plumb, counts)
    try:
        for row in chosen(ROOT, arguments.points, random.Random(arguments.seed)):
            stage.point(*row)
        if arguments.random:
            stage.rest("after the named points")
            stage.storm(arguments.random, arguments.seed)
        stage.rest("at the end")
    finally:
        stage.close()
    print(f"{stage.deaths} deaths, {stage.requests} requests in {time.monotonic() - begun:.0f} s", flush=True)
    print(", ".join(f"{number} {word}" for word, number in counts.items()), flush=True)
    return 1 if counts["failed"] else 0


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", default="all", help="which named points: all, names, or a number drawn by the seed")
    parser.add_argument("--random", type=int, default=0, help="how many random moments")
    parser.add_argument("--seed", type=int, default=1, help="decides which points and which moments")
    parser.add_argument("--plumb", default=ROOT / "plumb", help="the command to drive")
    return parser.parse_args()


class Stage:
    """One world after the other: a failure leaves its world as it is, for whoever looks into it, and a new one begins."""

    def __init__(self, plumb, counts):
        self.plumb = plumb
        self.counts = counts
        self.world = None
        self.invariants = None
        self.deaths = 0
        self.requests = 0

    def close(self):
        if self.world:
            self.requests += self.world.load.sent
            self.world.lab.close()
            self.world.load.end()
            self.world = None

    def _ready(self, seed):
        if self.world is None:
            self.world = World(Lab(self.plumb), seed)
            self.invariants = Invariants(self.world)
            self.world.begin()
            self.invariants.settled()

    def _tell(self, title, step, worth=1, seed=0):
        """Runs one step, prints one line, counts; whether it passed."""
        begun = time.monotonic()
        try:
            self._ready(seed)
            begun = time.monotonic()
            note = step()
            self.counts["passed"] += worth
            print(f"ok   {time.monotonic() - begun:7.1f} s  {title}: {note}", flush=True)
            return True
        except Exception as failure:  # a bug of the harness is told like any failure, and the rest still runs
            said = str(failure) if isinstance(failure, Failure) else traceback.format_exc()
            self.counts["failed"] += 1
            print(f"FAIL {time.monotonic() - begun:7.1f} s  {title}: {said}", flush=True)
            self._abandon()
            return False

    def _abandon(self):
        world, self.world = self.world, None
        if world is None:
            return
        self.requests += world.load.sent
        (world.lab.root / "explained.txt").write_text(world.explain())
        world.end()
        print(f"     what it left, and its logs: {world.lab.root}", flush=True)

    # Named points

    def point(self, name, action, victim, hit):
        hits = f" at hit {hit}" if hit > 1 else ""
        self._tell(f"{name}{hits} ({action}, {victim} dies)", lambda: self._die_at(name, action, victim, hit))

    def _die_at(self, name, action, victim, hit):
        world, sent = self.world, self.world.load.sent
        if action == "start":
            acknowledged = self._start(name, victim, hit)
        elif action == "takeover":
            acknowledged = self._take_over(name)
        else:
            acknowledged = self._act(name, action, victim, hit)
        self.deaths += 1
        begun = time.monotonic()
        world.converge()
        took = time.monotonic() - begun
        self.invariants.hold(acknowledged)
        self.invariants.settled()
        return f"all is well {took:.1f} s after the return, {world.load.sent - sent} requests"

    def _act(self, name, action, victim, hit):
        """A person acts, and whoever comes to the point dies there."""
        world = self.world
        world.prepare(action)
        serving = world.plane.data_plane()
        world.light(name, hit)
        if victim == "serve":
            world.load.lapse()
        world.act(action)
        world.burnt()
        if victim == "serve":
            self._served_again(serving)
        return self._return() if victim == "control" else set()

    def _served_again(self, before):
        """The control plane has started another serving process than the one that died."""
        world = self.world
        until("a new serving process answers", 60, lambda: world.plane.data_plane() not in (None, before)
              and world.plane.predict("alpha", ROW)[0] == 200)
        world.load.over()

    def _return(self, *more):
        code = self.world.dead()
        check(code == KILLED, f"it ended with {code} and not as one that was killed")
        acknowledged = self.world.acknowledged()
        self.world.plane.start(*more)
        return acknowledged

    def _start(self, name, victim, hit):
        """The process dies while it starts; a run is under way when there must be one to be ended."""
        world = self.world
        if name == "run.lost-ended":
            world.light("run.started")
            world.train()
            world.burnt()
            world.dead()
        elif victim == "control":
            world.kill_control()
        if name == "serving.spawned":
            world.kill_serving()
        world.light(name, hit)
        if victim == "serve":
            serving = world.plane.data_plane()
            world.load.lapse()
            kill(serving)  # its control plane starts it again
            world.burnt()
            self._served_again(serving)
            return set()
        world.plane.launch()
        world.burnt()
        return self._return()

    def _take_over(self, name):
        world = self.world
        world.kill_control()
        world.stranger()
        world.light(name)
        world.plane.launch("--take-over")
        world.burnt()
        return self._return("--take-over")

    # Random moments

    def storm(self, how_many, seed):
        """A person works all the time, and processes die at random moments."""
        draw = random.Random(seed)
        done = 0
        while done < how_many:
            upto = min(done + BETWEEN_LOOKS, how_many)
            if self._tell(
                f"random deaths {done + 1} to {upto}", lambda count=upto - done: self._deaths(count, draw),
                worth=upto - done, seed=seed,
            ):
                self.deaths += upto - done
            done = upto

    def _deaths(self, how_many, draw):
        world, sent = self.world, self.world.load.sent
        person = Person(world, random.Random(draw.random()))
        person.begin()
        victims = {"control": 0, "serve": 0, "both": 0}
        try:
            for _ in range(how_many):
                moment(draw, 4)
                victim = draw.choices(list(victims), [80, 12, 8])[0]
                victims[victim] += 1
                self._strike(victim)
        finally:
            person.end()
        if world.plane.process.poll() is not None:
            world.plane.start()
        world.plane.await_up()
        begun = time.monotonic()
        world.converge(90)
        took = time.monotonic() - begun
        self.invariants.settled()
        died = ", ".join(f"{word} {number}" for word, number in victims.items() if number)
        return f"{died}; {person.did()}; all is well after {took:.1f} s, {world.load.sent - sent} requests"

    def _strike(self, victim):
        """One death, one return, and what must hold after each."""
        world = self.world
        if victim != "serve":
            check(world.plane.process.poll() is None, f"the control plane ended by itself, with {world.plane.process.poll()}")
            world.kill_control()
        if victim != "control":
            world.kill_serving()
        if victim != "serve":
            acknowledged = world.acknowledged()
            world.plane.launch()
            self.invariants.hold(acknowledged)

    def rest(self, when):
        """The whole history, once all is still."""
        if self.world:
            self._tell(f"the record {when}", self._sound)

    def _sound(self):
        self.world.converge()
        self.invariants.settled()
        self.invariants.sound()
        audit = self.invariants
        return f"{len(audit.attempts)} runs, {sum(audit.attempts.values())} attempts, {len(audit.registered)} versions, " \
            f"{len(audit.names)} moves of alpha, {self.world.load.longest:.1f} s without an answer at most"


class Person:
    """Pushes changes on a thread, until told to end."""

    ACTIONS = {"train": 5, "revert": 2, "data": 1, "add": 1, "remove": 1, "rollback": 1}

    def __init__(self, world, draw):
        self.world, self.draw = world, draw
        self.acts = []
        self.broke = None
        self.going = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def begin(self):
        self.going.set()
        self.thread.start()

    def end(self):
        self.going.clear()
        self.thread.join(60)
        if self.broke:
            raise self.broke

    def did(self):
        return f"{len(self.acts)} changes"

    def _run(self):
        try:
            while self.going.is_set():
                action = self.draw.choices(list(self.ACTIONS), list(self.ACTIONS.values()))[0]
                self._act(action)
                self.acts.append(action)
                moment(self.draw, 6)
        except Exception as broken:  # told where the thread is ended
            self.broke = broken

    def _act(self, action):
        there = self.world.named("beta") is not None
        if action == "add" and there:
            action = "remove"
        elif action == "remove" and not there:
            action = "train"
        self.world.act(action)


if __name__ == "__main__":
    sys.exit(main())
