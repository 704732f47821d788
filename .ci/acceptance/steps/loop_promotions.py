"""Versions that are refused, promotions that race with people, and a branch that is protected."""

import threading

from generated import HOUSE
from lab import Failure, check, until
from repository import Repository

REVIEW = "main takes changes by review only"

UPDATE_HOOK = f"""#!/bin/sh
# Refuses a promotion that comes straight to main; a merge of it by a person passes.
[ "$1" = refs/heads/main ] || exit 0
if git log -1 --format=%B "$3" | grep -q '^Plumbline-Action:'; then
  echo "{REVIEW}" >&2
  exit 1
fi
"""


def promotion_steps(shop):
    lab, plane, repository = shop.lab, shop.plane, shop.repository

    def refused():
        def ask_too_much():
            repository.substitute("models/price.yaml", r"rmse: \{max: 1000\}", "rmse: {max: 0.001}")
            repository.substitute("models/price.yaml", r"rounds: \d+", "rounds: 61")

        commit = repository.change("Ask for the impossible", ask_too_much)
        said = until(
            "the version is refused", 90,
            lambda: "RegistrationDenied" in (text := plane.reason("training", "price")) and text,
        )
        check("rmse" in said, f"the reason is {said}")
        runs = plane.json("runs", "price")["runs"]
        refusals = [each for each in runs if each["status"] == "refused"]
        check(len(runs) == 2 and len(refusals) == 1, f"the runs are {runs}")
        why = refusals[0].get("message", refusals[0]["reason"])
        check("rmse" in why, f"the refusal does not say why: {refusals[0]}")
        check(plane.versions("price") == ["v1"], "a refused run became a version")
        check(plane.answers("price", HOUSE, "v1"), "v1 does not serve on")
        repository.revert(commit)
        plane.wait("training/price", "ready", 60, repository.head())
        check(len(plane.runs("price")) == 2, "going back to a known run trained again")
        return why

    def race():
        """Somebody pushes as fast as Git can while a training finishes and its promotion is written."""
        colleague = Repository(lab, lab.root / "loop" / "colleague", repository.bare)
        lab.run(["git", "clone", "-q", repository.bare, colleague.folder])
        pushed, going, broke = [], threading.Event(), []
        going.set()

        def push():
            number = 0
            try:
                while going.is_set():
                    number += 1
                    colleague.write({"notes.txt": f"note {number}\n" * number})
                    colleague.commit(f"Note {number}")
                    colleague.push(200)
                    pushed.append(f"Note {number}")
            except Failure as failure:
                broke.append(failure)

        shop.train_churn(2)
        pusher = threading.Thread(target=push)
        pusher.start()
        try:
            plane.wait("serving/churn", "live=v2", 120)
        finally:
            going.clear()
            pusher.join(60)
        check(not broke, f"a person's push was lost: {broke}")
        commits = repository.promotions("churn")
        check(len(commits) == 2, f"there are {len(commits)} promotions of churn, not two")
        repository.only_version_changed(commits[0], repository.of("Serving", "churn"), "v1", "v2")
        subjects = repository.git("log", "--format=%s", "origin/main").splitlines()
        lost = [note for note in pushed if subjects.count(note) != 1]
        check(not lost, f"these commits of a person are lost or doubled: {lost}")
        return f"{len(pushed)} pushes beside the promotion"

    def protected():
        hook = repository.bare / "hooks" / "update"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(UPDATE_HOOK)
        hook.chmod(0o755)
        try:
            shop.train_price(70)
            said = until("the push is refused", 90, lambda: "PushRefused" in (t := plane.reason("serving", "price")) and t)
            check(REVIEW in said, f"the remote's own words are missing: {said}")
            check("plumbline/promote/price" in said and "git " in said, f"the way out is missing: {said}")
            check(plane.answers("price", HOUSE, "v1"), "v1 does not serve on")
            shop.stays("price", "v1", ready=False)
            repository.git("fetch", "-q", "origin", "plumbline/promote/price")
            repository.only_version_changed(
                repository.git("rev-parse", "FETCH_HEAD"), "serving/price.yaml", "v1", "v2")
            repository.git("merge", "-q", "--no-ff", "--no-edit", "FETCH_HEAD")
            repository.push()
            shop.live("price", "v2", 30)
        finally:
            hook.unlink()
        check(plane.resource("serving", "price")["ready"], "price is not ready after the merge")
        return said.split(";")[0]

    return [
        ("a version that misses its bound is refused, and says why", refused),
        ("a promotion lands beside a storm of pushes, and nothing is lost", race),
        ("a protected branch: the promotion waits on a branch until it is merged", protected),
    ]
