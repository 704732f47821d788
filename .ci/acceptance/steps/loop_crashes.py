"""Processes that die: the serving one, and the control plane while requests and trainings go on."""

import json
import socket
import threading
import time

from generated import SUBSCRIBER
from lab import check, kill, until
from product import Plane, Requests, alive


def crash_steps(shop):
    plane, repository = shop.plane, shop.repository

    def serving_dies():
        before = plane.data_plane()
        kill(before)
        begun = time.monotonic()

        def back():
            now = plane.data_plane()
            return now and now != before and plane.answers("churn", SUBSCRIBER, "v1")

        until("the endpoint is back by itself", 60, back)
        return f"back after {time.monotonic() - begun:.1f} s"

    def control_dies():
        """Nobody who asks for predictions notices."""
        requests = Requests(plane, "churn", SUBSCRIBER)
        thread = threading.Thread(target=requests.run)
        serving, runs, main = plane.data_plane(), len(plane.runs("churn")), repository.main()
        thread.start()
        try:
            until("requests flow", 10, lambda: requests.sent > 20)
            plane.kill_control()
            at_death = requests.sent
            until("requests go on without a control plane", 10, lambda: requests.sent > at_death + 50)
            plane.start()
            plane.wait("serving/churn", "ready", 60)
            at_return = requests.sent
            until("requests go on after the return", 10, lambda: requests.sent > at_return + 50)
        finally:
            requests.going = False
            thread.join(30)
        check(not requests.failed, f"{len(requests.failed)} of {requests.sent} failed: {requests.failed[:3]}")
        check(plane.data_plane() == serving, "the data plane was not adopted but replaced")
        check(len(plane.runs("churn")) == runs and repository.main() == main, "the return trained or committed")
        return f"{requests.sent} requests, none failed"

    def serves_alone():
        """Without a control plane and without the remote; OPA is a part of the control plane and gone with it."""
        version = plane.predict("churn", SUBSCRIBER)[1].rpartition("/")[2]
        plane.kill_control()
        kill(plane.data_plane())
        until("the data plane is gone", 10, lambda: not alive(plane.data_plane()))
        away = repository.bare.with_name("away.git")
        repository.bare.rename(away)
        try:
            taken = plane.serve_alone(lambda: plane.answers("churn", SUBSCRIBER, version), 5)
        finally:
            away.rename(repository.bare)
            plane.start()
        plane.wait("serving/churn", "ready", 60)
        return f"first answer {taken:.2f} s after the start of `plumb serve`"

    def dies_while_training():
        before = plane.runs("churn")
        shop.train_churn(3)
        known = {each["run"] for each in before}
        until("the training runs", 60, lambda: any(
            each["run"] not in known and each["status"] == "running" for each in plane.runs("churn")), 0.02)
        plane.kill_control()
        check(plane.answers("churn", SUBSCRIBER, "v1"), "the endpoint died with the control plane")
        plane.start()
        shop.live("churn", "v3", 120)
        fresh = {each["run"] for each in plane.runs("churn")} - known
        check(len(fresh) == 1, f"one run was asked for, and these are there: {fresh}")
        check(plane.versions("churn") == ["v1", "v2", "v3"], f"the versions are {plane.versions('churn')}")
        promotions = [
            commit for commit in repository.promotions("churn")
            if repository.trailers(commit).get("Plumbline-Version") == "churn/v3"
        ]
        check(len(promotions) == 1, f"v3 was promoted {len(promotions)} times")
        shop.stays("churn", "v3")

    def starts_and_ends_by_a_silent_remote():
        """It takes every connection and answers none: what served is served first, and an end is not held up."""
        plane.stop()
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}/models.git"
            other = Plane(plane.lab, url, plane.state.name)
            begun = time.monotonic()
            other.launch()
            until("the endpoint answers", 15, lambda: other.serves("churn", SUBSCRIBER, "v3"))
            served = time.monotonic() - begun
            other.await_up(120)
            up = time.monotonic() - begun
            until("the status names the remote", 60, lambda: "does not answer" in json.dumps(other.status()))
            begun = time.monotonic()
            other.stop(15)
            ended = time.monotonic() - begun
        plane.start()
        plane.wait("serving/churn", "ready", 60)
        shop.stays("churn", "v3")
        return f"first answer after {served:.1f} s, both ports after {up:.1f} s, ended within {ended:.1f} s"

    def ends():
        serving = plane.data_plane()
        plane.stop()
        check(not alive(serving), "the data plane outlived an orderly stop")
        check(not (plane.state / "endpoints.json").exists(), "endpoints.json is still there")

    return [
        ("a killed serving process comes back by itself", serving_dies),
        ("a killed control plane: no request fails, and its return adopts what serves", control_dies),
        ("`plumb serve` alone answers within 5 s, without control plane and remote", serves_alone),
        ("a control plane killed in a training ends with one version, promoted once", dies_while_training),
        ("a remote that never answers holds up neither serving nor an end", starts_and_ends_by_a_silent_remote),
        ("an orderly stop ends both processes", ends),
    ]
