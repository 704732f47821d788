"""Requests to an endpoint without a pause, and what became of each."""

import http.client
import json
import threading
import time


class Load:
    """Predictions one after the other on one connection at a time, from begin to end."""

    PAUSE = 0.01

    def __init__(self, port, name, row):
        self.port, self.name = port, name
        self.body = json.dumps({"instances": [row]})
        self.sent = 0
        self.failed = []  # (when it failed, what)
        self.versions = []  # as they followed each other, no two neighbours alike
        self.lapses = []  # [begin, dead, end]: it is dying, it has died, it answers again
        self.longest = 0.0  # time without an answer
        self._going = False
        self._thread = None

    def begin(self):
        self._going = True
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self):
        self._going = False
        if self._thread:
            self._thread.join(30)

    def lapse(self):
        """The serving process dies from now on: failures are its own."""
        self.lapses.append([time.monotonic(), None, None])

    def over(self):
        """It has died: failures are its own until it answers what is asked from now on."""
        self.lapses[-1][1] = time.monotonic()

    def unexcused(self):
        """The failures that the serving process could have answered."""
        return [
            f"{what} ({when:.2f})" for when, what in list(self.failed)
            if not any(begin <= when and (end is None or when <= end) for begin, _, end in self.lapses)
        ]

    def _run(self):
        connection, silent = None, None
        while self._going:
            if connection is None:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            begun = time.monotonic()
            try:
                connection.request(
                    "POST", f"/v1/models/{self.name}:predict", self.body, {"Content-Type": "application/json"})
                answer = connection.getresponse()
                body = answer.read()
                self._answered(begun, answer.status, answer.headers.get("X-Plumbline-Version"), body)
                self.longest = max(self.longest, time.monotonic() - (silent or begun))
                silent = None
            except (OSError, http.client.HTTPException) as broken:
                self.failed.append((time.monotonic(), f"{type(broken).__name__}: {broken}"))
                silent = silent or begun
                connection.close()
                connection = None
            self.sent += 1
            time.sleep(self.PAUSE)

    def _answered(self, begun, status, version, body):
        if status != 200 or not version:
            self.failed.append((time.monotonic(), f"{status} {body[:200].decode(errors='replace')}"))
            return
        for lapse in self.lapses:
            if lapse[2] is None and lapse[1] is not None and begun > lapse[1]:
                lapse[2] = time.monotonic()
        if not self.versions or self.versions[-1] != version:
            self.versions.append(version)
