"""The temporary folder of one acceptance run, the processes in it, and how commands are run there."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path


class Failure(Exception):
    """Something is not as it must be; the message is for people."""


def check(holds, message):
    """Fails with this message unless it holds."""
    if not holds:
        raise Failure(message)


def until(what, seconds, look, pause=0.1):
    """Looks again and again until the look gives something true, and gives that. A Failure while looking is no."""
    deadline = time.monotonic() + seconds
    last = ""
    while True:
        try:
            seen = look()
            if seen:
                return seen
        except Failure as not_yet:
            last = f" ({not_yet})"
        if time.monotonic() >= deadline:
            raise Failure(f"{what}: not within {seconds} s{last}")
        time.sleep(pause)


def tail(path, lines=60):
    """The last lines of a file."""
    path = Path(path)
    if not path.exists():
        return "(there is no such file)"
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])


class Lab:
    """A folder that nothing leaves, an environment that nobody's settings reach, and every process started in it."""

    def __init__(self, plumb):
        self.plumb = Path(plumb).resolve()
        self.root = Path(tempfile.mkdtemp(prefix="plumbline-acceptance-"))
        self.planes = []
        self.environment = self._environment()

    def _environment(self):
        kept = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("GIT_", "PLUMBLINE_"))
        }
        settings = self.root / "gitconfig"
        settings.write_text(
            "[user]\n\tname = Ada Example\n\temail = ada@example.com\n"
            "[init]\n\tdefaultBranch = main\n[commit]\n\tgpgsign = false\n"
            "[advice]\n\tdetachedHead = false\n[core]\n\tautocrlf = false\n"
        )
        return kept | {
            "GIT_CONFIG_GLOBAL": str(settings),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_EDITOR": "true",
            "XDG_STATE_HOME": str(self.root / "state-home"),
            "NO_COLOR": "1",
            "LC_ALL": "C.UTF-8",
        }

    def folder(self, name):
        """A folder of this name, made when it is not there."""
        path = self.root / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def run(self, command, cwd=None, expect=0, seconds=120, extra=None):
        """Runs a command to its end. Fails when its exit code is none of the expected ones (None: any)."""
        shown = " ".join(str(part) for part in command).replace(str(self.plumb), "plumb")
        try:
            done = subprocess.run(
                [str(part) for part in command],
                cwd=cwd or self.root,
                env=self.environment | (extra or {}),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                timeout=seconds,
                text=True,
                errors="replace",
            )
        except subprocess.TimeoutExpired as slow:
            raise Failure(f"`{shown}` did not end within {seconds} s") from slow
        wanted = (expect,) if isinstance(expect, int) else expect
        if wanted is not None and done.returncode not in wanted:
            raise Failure(
                f"`{shown}` ended with {done.returncode}, not {expect}\n"
                f"--- stdout\n{done.stdout[-3000:]}\n--- stderr\n{done.stderr[-3000:]}"
            )
        check(
            "\tat " not in done.stderr and done.returncode != 70,
            f"`{shown}` showed a person a stack trace or a bug:\n{done.stderr[-3000:]}",
        )
        return done

    def close(self):
        """Ends what still runs, by its id, and removes the folder."""
        for plane in self.planes:
            plane.end()
        shutil.rmtree(self.root, ignore_errors=True)


def kill(pid, number=signal.SIGKILL):
    """Sends a signal to a process by its id; one that is gone already is fine."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
