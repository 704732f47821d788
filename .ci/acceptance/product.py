"""Plumbline as people and scripts meet it: the command, the two ports, and the files that name them."""

import http.client
import json
import signal
import subprocess
import time
import urllib.parse

from lab import Failure, check, kill, tail, until


class Plane:
    """A control plane with its data plane, started by `plumb up`."""

    def __init__(self, lab, target, state, *arguments, serving_port=0):
        self.lab = lab
        self.target = target
        self.state = lab.folder(state)
        self.arguments = arguments
        self.serving_port = serving_port
        self.log = lab.root / f"{state}.log"
        self.process = None
        self.addresses = None
        lab.planes.append(self)

    def start(self, *more, seconds=90):
        """Starts it and waits until both ports answer."""
        self.launch(*more)
        self.await_up(seconds)
        return self

    def await_up(self, seconds=90):
        """Waits until both ports answer; it must not have ended."""
        until("the control plane is up", seconds, lambda: self._ended() or self._is_up())
        check(not self._ended(), f"`plumb up` ended with {self.process.poll()}:\n{tail(self.log)}")

    def _ended(self):
        return self.process.poll() is not None

    def launch(self, *more):
        """Starts it and waits for nothing."""
        command = [self.lab.plumb, "up", self.target, "--port", "0", "--serving-port", self.serving_port,
                   "--state", self.state]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [str(part) for part in (*command, *self.arguments, *more)],
                cwd=self.lab.root,
                env=self.lab.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _is_up(self):
        file = self.state / "endpoints.json"
        if not file.exists():
            return False
        addresses = json.loads(file.read_text())
        if addresses["pid"] != self.process.pid:
            return False
        self.addresses = addresses
        return get(self.addresses["control"], "/api/v1/status")[0] == 200

    @property
    def control(self):
        return self.addresses["control"]

    @property
    def serving(self):
        return self.addresses["serving"]

    def data_plane(self):
        """The id of the serving process, as its folder names it; None when there is none."""
        file = self.state / "serve" / "admin.json"
        return json.loads(file.read_text())["pid"] if file.exists() else None

    def kill_control(self):
        """kill -9 of the control plane alone."""
        self.process.kill()
        self.process.wait(30)

    def serve_alone(self, answers, seconds):
        """Runs the data plane alone until it answers, and ends it. The seconds from its start to the first answer."""
        former = self.data_plane()
        port = urllib.parse.urlsplit(self.serving).port
        begun = time.monotonic()
        with self.log.open("ab") as out:
            alone = subprocess.Popen(
                [str(self.lab.plumb), "serve", "--state", str(self.state), "--port", str(port)],
                cwd=self.lab.root,
                env=self.lab.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            until("`plumb serve` answers", seconds, answers, pause=0.02)
            taken = time.monotonic() - begun
            check(self.data_plane() != former, "the former data plane answered")
            return taken
        finally:
            alone.terminate()
            try:
                alone.wait(20)
            except subprocess.TimeoutExpired:
                alone.kill()
                alone.wait(10)

    def stop(self, seconds=40):
        """An orderly stop, as Ctrl-C does it: exit code 0 and nothing left behind."""
        serving = self.data_plane()
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired as deaf:
            raise Failure(f"the control plane did not end within {seconds} s") from deaf
        check(code == 0, f"an orderly stop ended with {code}:\n{tail(self.log)}")
        check(not alive(serving), "the data plane outlived an orderly stop")

    def end(self):
        """Ends whatever still runs, for the cleaning up."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(15)
        serving = self.data_plane()
        if serving and alive(serving) and str(self.state) in command_line(serving):
            kill(serving)

    # What one asks of it

    def plumb(self, *arguments, expect=0, seconds=120, cwd=None):
        """A verb against this control plane."""
        return self.lab.run(
            [self.lab.plumb, *arguments], expect=expect, seconds=seconds, cwd=cwd,
            extra={"PLUMBLINE_SERVER": self.control},
        )

    def json(self, *arguments, expect=0):
        """The one JSON document that a verb prints."""
        done = self.plumb(*arguments, "-o", "json", expect=expect)
        try:
            return json.loads(done.stdout)
        except ValueError as wrong:
            raise Failure(f"`plumb {' '.join(arguments)} -o json` printed no JSON: {done.stdout[:500]}") from wrong

    def wait(self, resource, condition="ready", seconds=120, revision=None):
        """`plumb wait`, for as long as this."""
        more = ["--revision", revision] if revision else []
        return self.plumb(
            "wait", resource, "--for", condition, "--timeout", f"{seconds}s", *more, seconds=seconds + 30
        )

    def status(self):
        """The whole status, from the API."""
        code, _, body = get(self.control, "/api/v1/status")
        check(code == 200, f"the status answered {code}: {body[:300]}")
        return json.loads(body)

    def resource(self, kind, name):
        """What the status says of one resource; None when it is not there."""
        for each in self.status()["resources"]:
            if (each["kind"].lower(), each["name"]) == (kind, name):
                return each
        return None

    def reason(self, kind, name):
        """Every reason and message of a resource's conditions, as one text."""
        found = self.resource(kind, name)
        if not found:
            return ""
        return "; ".join(f"{each['reason']}: {each['message']}" for each in found["conditions"])

    def runs(self, model):
        """Its training runs."""
        return [each for each in self.records("runs") if each["model"] == model]

    def versions(self, model):
        """The labels of its versions."""
        return sorted(each["version"] for each in self.records("versions") if each["model"] == model)

    def records(self, what):
        """A list of the ledger, as the API gives it."""
        code, _, body = get(self.control, f"/api/v1/{what}")
        check(code == 200, f"/api/v1/{what} answered {code}: {body[:300]}")
        return json.loads(body)[what]

    def look_again(self, times=1):
        """What `plumb reconcile` asks for, without the start of a command each time."""
        for _ in range(times):
            code, _, body = post(self.control, "/api/v1/reconcile", {})
            check(code == 202, f"a request to look again answered {code}: {body[:300]}")
            time.sleep(0.1)

    def predict(self, name, row):
        """Code, version header and body of one prediction."""
        code, headers, body = post(self.serving, f"/v1/models/{name}:predict", {"instances": [row]})
        return code, headers.get("X-Plumbline-Version"), body

    def serves(self, name, row, version):
        """The same, where the serving process says that it listens, whether or not the control plane is up."""
        file = self.state / "serve" / "admin.json"
        if not file.exists():
            return False
        self.addresses = {"serving": f"http://127.0.0.1:{json.loads(file.read_text())['servingPort']}"}
        return self.answers(name, row, version)

    def answers(self, name, row, version):
        """Whether this version answers."""
        code, said, _ = self.predict(name, row)
        return code == 200 and said is not None and said.endswith("/" + version)


def alive(pid):
    """Whether a process of this id runs (one that has ended and was not waited for does not)."""
    if not pid:
        return False
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def command_line(pid):
    """The words a process was started with."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read().replace(b"\0", b" ").decode(errors="replace")
    except FileNotFoundError:
        return ""


def get(base, path):
    """Code, headers and body of a GET; code 0 when nobody answers."""
    return _ask(base, "GET", path, None)


def post(base, path, value):
    """Code, headers and body of a POST of JSON; code 0 when nobody answers."""
    return _ask(base, "POST", path, json.dumps(value))


def _ask(base, method, path, body):
    address = urllib.parse.urlsplit(base)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=20)
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode(errors="replace")
    except OSError as nobody:
        return 0, {}, str(nobody)
    finally:
        connection.close()


class Requests:
    """Predictions in a loop on one thread, each with its outcome."""

    def __init__(self, plane, name, row):
        self.plane, self.name, self.row = plane, name, row
        self.sent, self.failed, self.going = 0, [], True

    def run(self):
        """Until `going` is false."""
        while self.going:
            code, version, body = self.plane.predict(self.name, self.row)
            self.sent += 1
            if code != 200 or not version:
                self.failed.append(f"{code} {body[:200]}")
            time.sleep(0.005)
