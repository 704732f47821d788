"""Back again: reverts of every kind, `promote`, `rollback`, and what automation leaves alone after them."""

import json
import time

from generated import HOUSE, SUBSCRIBER
from lab import check, until
from product import get


def revert_steps(shop):
    plane, repository = shop.plane, shop.repository

    def held(name, version):
        text = plane.reason("serving", name)
        check("HeldBack" in text and version in text, f"{name} does not say that {version} is held back: {text}")
        return text

    def revert_promotion():
        runs = len(plane.runs("churn"))
        repository.pull()
        repository.git("revert", "--no-edit", repository.promotions("churn")[0])
        begun = time.monotonic()
        repository.push()
        until("v1 answers", 10, lambda: plane.answers("churn", SUBSCRIBER, "v1"), 0.02)
        took = time.monotonic() - begun
        plane.wait("serving/churn", "ready", 30, repository.head())
        text = held("churn", "v2")
        check(repository.head()[:7] in text, f"the status does not name the revert: {text}")
        shop.stays("churn", "v1")
        check(len(plane.runs("churn")) == runs, "going back trained")
        check(took < 5, f"v1 answered {took:.1f} s after the push; seconds were promised")
        return f"v1 answers {took:.2f} s after the push began"

    def restart_keeps():
        before = repository.main()
        plane.stop()
        plane.start()
        plane.wait("serving/churn", "ready", 60)
        held("churn", "v2")
        shop.stays("churn", "v1")
        check(repository.main() == before, "a restart wrote a commit")

    def revert_training():
        runs = len(plane.runs("price"))
        change = repository.git("log", "-1", "--format=%H", "--grep=^Boost 70 rounds")
        repository.revert(change)
        plane.wait("serving/price", "live=v1", 60)
        check(plane.answers("price", HOUSE, "v1"), "price does not answer with v1")
        check(len(plane.runs("price")) == runs, "the older version was trained again")
        commit = repository.promotions("price")[0]
        trailers = repository.trailers(commit)
        check(trailers.get("Plumbline-Version") == "price/v1", f"the commit's trailers are {trailers}")
        repository.only_version_changed(commit, "serving/price.yaml", "v2", "v1")
        shop.stays("price", "v1")

    def promote_by_hand():
        done = plane.plumb("promote", "churn", "--to", "v2")
        repository.pull()
        head = repository.head()
        check(head[:7] in done.stdout, f"promote does not print the commit: {done.stdout}")
        check("Plumbline-Requested-By" in repository.trailers(head), "the commit does not say who asked")
        repository.only_version_changed(head, repository.of("Serving", "churn"), "v1", "v2")
        shop.live("churn", "v2", 30)
        plane.wait("serving/churn", "ready", 30, head)
        check("HeldBack" not in plane.reason("serving", "churn"), "v2 serves and is held back")
        shop.stays("churn", "v2")

    def rollback_by_hand():
        plane.plumb("rollback", "churn", "--reason", "complaints")
        shop.live("churn", "v1", 30)
        commit = repository.promotions("churn")[0]
        check(repository.trailers(commit).get("Plumbline-Action") == "rollback", "that is no rollback commit")
        plane.wait("serving/churn", "ready", 30, commit)
        held("churn", "v2")
        shop.stays("churn", "v1")
        history = plane.json("history", "churn")
        text = json.dumps(history)
        check(text.count('"v2"') + text.count("churn/v2") >= 2, f"history does not list v2 twice: {text}")

    def refused_by_hand():
        done = plane.plumb("promote", "churn", "--to", "v9", expect=(1, 2))
        check("v9" in done.stderr, f"it is not said what is wrong: {done.stderr}")
        done = plane.plumb("rollback", "churn", "--to", "v1", expect=1)
        check("v1" in done.stderr, f"it is not said what is wrong: {done.stderr}")

    def revert_first():
        first = repository.promotions("price")[-1]
        repository.revert(first)

        def gone():
            code, _, body = plane.predict("price", HOUSE)
            return code == 404 and body

        said = until("price answers 404", 15, gone)
        check("price" in said and "no version" in said, f"the 404 gives no reason: {said}")
        plane.wait("serving/price", "ready", 30, repository.head())
        held("price", "v1")
        before = repository.main()
        plane.look_again(3)
        plane.plumb("reconcile", "serving/price", "--wait")
        check(repository.main() == before, "automation promoted again what a person took away")
        check(plane.predict("price", HOUSE)[0] == 404, "the endpoint came back by itself")
        check(get(plane.serving, "/v2/models/price/ready")[0] != 200, "an endpoint without a version says ready")
        plane.plumb("promote", "price", "--to", "v1")
        shop.live("price", "v1", 30)
        return said.strip()[:160]

    def deletion():
        def remove():
            (shop.folder / "serving/price.yaml").unlink()

        repository.change("Retire the price endpoint", remove)
        until("the endpoint is gone", 30, lambda: get(plane.serving, "/v2/models/price")[0] == 404)
        until("status forgets it", 30, lambda: plane.resource("serving", "price") is None)
        check(plane.answers("churn", SUBSCRIBER, "v1"), "the other endpoint is gone too")
        check(plane.versions("price") == ["v1", "v2"], "versions were lost with the endpoint")

    return [
        ("a revert of a promotion answers with the version before, and stays", revert_promotion),
        ("so it does after a restart", restart_keeps),
        ("a revert of a Training change makes the older version the candidate, without training", revert_training),
        ("plumb promote brings back what was held back", promote_by_hand),
        ("plumb rollback goes back, and stays", rollback_by_hand),
        ("promote and rollback refuse what cannot be", refused_by_hand),
        ("a revert of the first promotion: no version, 404 with a reason, and it stays", revert_first),
        ("a removed Serving spec takes its endpoint with it and nothing else", deletion),
    ]
