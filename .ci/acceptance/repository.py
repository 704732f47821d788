"""A GitOps repository in the hands of a person: real `git` in a working clone."""

import re
import subprocess

from lab import Failure, check


class Repository:
    """A working clone; `bare` is its origin."""

    def __init__(self, lab, folder, bare=None):
        self.lab = lab
        self.folder = folder
        self.bare = bare or folder.parent / (folder.name + ".git")

    @classmethod
    def blank(cls, lab, name, files):
        """A new repository with one commit of these files."""
        folder = lab.folder(name)
        made = cls(lab, folder)
        made.git("init", "-q")
        made.write(files)
        made.commit("Begin")
        return made

    def git(self, *arguments, expect=0):
        """A git command in the clone; its trimmed output."""
        return self.lab.run(["git", *arguments], cwd=self.folder, expect=expect).stdout.strip()

    def write(self, files):
        """Writes files; text with its line ends as they are."""
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(self, message):
        """Commits everything; the commit's id."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.head()

    def head(self):
        return self.git("rev-parse", "HEAD")

    def pull(self):
        """Takes over what the origin has."""
        self.git("pull", "-q", "--rebase", "origin", "main")

    def push(self, attempts=10):
        """Pushes main; what somebody else pushed meanwhile is taken in first. What the remote said."""
        for _ in range(attempts):
            done = self.lab.run(["git", "push", "origin", "HEAD:main"], cwd=self.folder, expect=None)
            if done.returncode == 0:
                return done.stderr
            self.pull()
        raise Failure(f"could not push after {attempts} attempts: {done.stderr}")

    def change(self, message, edit):
        """Pulls, lets the edit write files, commits and pushes; the commit's id."""
        self.pull()
        edit()
        self.commit(message)
        self.push()
        return self.head()

    def revert(self, commit):
        """`git revert`, as a person does it; the new commit's id."""
        self.pull()
        self.git("revert", "--no-edit", commit)
        self.push()
        return self.head()

    def main(self):
        """The commit at the head of the origin's main."""
        return self.lab.run(["git", "rev-parse", "refs/heads/main"], cwd=self.bare).stdout.strip()

    def of(self, kind, name):
        """The file that declares a spec, relative to the root."""
        for path in sorted(self.folder.rglob("*.y*ml")):
            if ".git" in path.parts:
                continue
            for document in re.split(r"(?m)^---.*$", path.read_text(errors="replace")):
                if re.search(rf"(?m)^kind:\s*{kind}\s*$", document) and re.search(
                    rf"\bname:\s*[\"']?{re.escape(name)}[\"']?\s*[,}}\r\n]", document
                ):
                    return str(path.relative_to(self.folder))
        raise Failure(f"no file declares {kind}/{name}")

    def substitute(self, file, pattern, replacement, kind=""):
        """Replaces the one match of a pattern in a file (or in its documents of a kind), other bytes kept."""
        path = self.folder / file
        parts = re.split(r"(?m)^(?=---)", path.read_bytes().decode())
        total = 0
        for index, part in enumerate(parts):
            if not kind or re.search(rf"(?m)^kind:\s*{kind}\s*$", part):
                parts[index], count = re.subn(pattern, replacement, part, flags=re.MULTILINE)
                total += count
        check(total == 1, f"{pattern!r} matches {total} times in {file}")
        path.write_bytes("".join(parts).encode())

    def promotions(self, serving):
        """The commits on the origin's main whose trailers name this Serving, newest first."""
        self.pull()
        lines = self.git(
            "log", "--topo-order", "--format=%H %(trailers:key=Plumbline-Serving,valueonly,separator=%x2C)", "origin/main"
        )
        return [line.split()[0] for line in lines.splitlines() if line.split()[1:] == [serving]]

    def trailers(self, commit):
        """The trailers of a commit."""
        lines = self.git("log", "-1", "--format=%(trailers:only,unfold)", commit).splitlines()
        return dict(line.split(": ", 1) for line in lines if ": " in line)

    def only_version_changed(self, commit, file, old, new):
        """Fails unless the commit differs from its parent by the value of `version` in this file and nothing else."""
        changed = self.git("diff", "--name-only", commit + "^", commit).splitlines()
        check(changed == [file], f"commit {commit[:10]} changes {changed}, not only {file}")
        before, after = (self._bytes(revision, file) for revision in (commit + "^", commit))
        pattern = rb"(?m)^(\s*version:\s*[\"']?)" + old.encode() + rb"\b"
        wanted, count = re.subn(pattern, rb"\g<1>" + new.encode(), before)
        check(count == 1 and after == wanted, f"commit {commit[:10]} changes more of {file} than its version")

    def _bytes(self, revision, file):
        return subprocess.run(
            ["git", "show", f"{revision}:{file}"],
            cwd=self.folder, env=self.lab.environment, check=True, stdout=subprocess.PIPE,
        ).stdout
