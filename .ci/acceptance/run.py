#!/usr/bin/env python3
"""Drives the real `plumb` and the real `git` through what Plumbline promises.

Usage: run.py [--plumb FILE] [--keep] [SCENARIO...]     scenarios: loop, bad-input, real-data

Everything happens in a temporary folder, on loopback, on ports that the system chooses; what is started is ended by
its id. Exit code 0 when every step holds. PLUMBLINE_DATA, or the folder ../shared/data beside the checkout, holds the
real tables; without them their steps are skipped, and that is said.
"""

import argparse
import json
import signal
import sys
import time
import traceback
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from lab import Failure, Lab, tail  # noqa: E402
from steps import bad_input, loop, real_data  # noqa: E402

SCENARIOS = {"loop": loop.steps, "bad-input": bad_input.steps, "real-data": real_data.steps}


def main():
    arguments = parse()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(4))
    lab = Lab(arguments.plumb)
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    begun = time.monotonic()
    try:
        run("build", [("plumb builds itself and starts", lambda: version(lab))], lab, counts)
        for name in (arguments.scenario or SCENARIOS) if not counts["failed"] else []:
            run(name, SCENARIOS[name](lab), lab, counts)
    finally:
        if arguments.keep:
            for plane in lab.planes:
                plane.end()
            print(f"kept {lab.root}")
        else:
            lab.close()
    print(f"acceptance took {time.monotonic() - begun:.0f} s", flush=True)
    print(", ".join(f"{number} {word}" for word, number in counts.items()), flush=True)
    return 1 if counts["failed"] else 0


def version(lab):
    return lab.run([lab.plumb, "version"], seconds=1200).stdout.strip()


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plumb", default=HERE.parent.parent / "plumb", help="the command to drive")
    parser.add_argument("--keep", action="store_true", help="keep the temporary folder")
    parser.add_argument("scenario", nargs="*", help="all when none is named")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.scenario if name not in SCENARIOS]
    if unknown:
        parser.error(f"there is no scenario {unknown[0]}; there are: {', '.join(SCENARIOS)}")
    return arguments


def run(scenario, steps, lab, counts):
    """Runs steps in order. They stand on each other: after one that fails, the rest of the scenario is skipped."""
    failed = False
    for title, step in steps:
        if failed or step is None:
            counts["skipped"] += 1
            print(f"skip           {scenario}: {title}", flush=True)
            continue
        begun = time.monotonic()
        try:
            note = step()
            outcome = "passed"
        except Failure as failure:
            note, outcome, failed = str(failure), "failed", True
        except Exception:  # a bug of a step is reported like any failure, and the other scenarios still run
            note, outcome, failed = traceback.format_exc(), "failed", True
        counts[outcome] += 1
        mark = "ok  " if outcome == "passed" else "FAIL"
        more = f": {note}" if note else ""
        print(f"{mark} {time.monotonic() - begun:7.1f} s  {scenario}: {title}{more}", flush=True)
        if failed:
            explain(lab)


def explain(lab):
    """What one needs to understand a failure: each control plane's last words, and its status."""
    for plane in lab.planes:
        if plane.process is None:
            continue
        print(f"--- the end of {plane.log.name} (exit code {plane.process.poll()})\n{tail(plane.log)}")
        print(f"--- the end of its serve.log\n{tail(plane.state / 'serve' / 'serve.log', 15)}")
        if plane.process.poll() is None and plane.addresses:
            try:
                status = plane.status()
                print(f"--- its status at {status['revision']}, problems: {json.dumps(status['problems'])}")
                for resource in status["resources"]:
                    print(json.dumps(resource))
            except Failure as failure:
                print(f"--- no status: {failure}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
