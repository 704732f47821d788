"""Input that is wrong in every way that people get it wrong: a clear message, an exit code, nothing lost."""

import json
import socket

from generated import classifier, labelled
from lab import check
from product import Plane
from repository import Repository


def steps(lab):
    work = lab.folder("bad")

    def once(folder, state, expect, *more):
        """`up --once`, and what it said."""
        done = lab.run(
            [lab.plumb, "up", folder, "--once", "--port", "0", "--serving-port", "0",
             "--state", work / state, *more],
            cwd=work, expect=expect, seconds=240,
        )
        return done.stdout + done.stderr

    def names(said, *words):
        for word in words:
            check(word in said, f"the message does not say {word!r}:\n{said[-2000:]}")
        return next((line for line in said.splitlines() if words[0] in line), "")

    def empty_repository():
        lab.run(["git", "init", "-q", "--bare", work / "empty.git"])
        return names(once(work / "empty.git", "empty-state", (1, 3)), "no commit")

    def missing_branch():
        repository = Repository.blank(lab, "bad/branch", {"README.md": "nothing yet\n"})
        lab.run(["git", "clone", "-q", "--bare", repository.folder, repository.bare])
        return names(once(repository.bare, "branch-state", (1, 3), "--branch", "production"), "production")

    def no_repository():
        return names(once(work / "nowhere", "nowhere-state", (2, 3)), "nowhere")

    def bad_specs():
        """Six things that cannot work beside one that can."""
        one_class = labelled(200, label=lambda index, x: "yes")
        constant = labelled(200, label=lambda index, x: "maybe")
        all_empty = "x,z,y\n" + "".join(
            f"{line.split(',')[0]},,{line.split(',')[1]}\n" for line in labelled(200).splitlines()[1:]
        )
        repository = Repository.blank(lab, "bad/specs", {
            "good.yaml": classifier("good", "data/good.csv"),
            "data/good.csv": labelled(300),
            "noise.yaml": bytes(range(256)) * 8,
            "absent.yaml": classifier("absent", "data/absent.csv"),
            "constant.yaml": classifier("constant", "data/constant.csv"),
            "data/constant.csv": constant,
            "oneclass.yaml": classifier("oneclass", "data/oneclass.csv"),
            "data/oneclass.csv": one_class,
            "few.yaml": classifier("few", "data/few.csv"),
            "data/few.csv": labelled(10),
            "hollow.yaml": classifier(
                "hollow", "data/hollow.csv", columns="x: {type: number}\n    z: {type: number}"),
            "data/hollow.csv": all_empty,
        })
        checked = json.loads(
            lab.run([lab.plumb, "validate", "-o", "json"], cwd=repository.folder, expect=1).stdout)
        noise = [each for each in checked["problems"] if each["file"] == "noise.yaml"]
        check(noise, "validate does not name the binary file")
        said = once(repository.folder, "specs-state", 1)
        names(said, "noise.yaml")
        plane = Plane(lab, repository.folder, "bad/specs-state")
        plane.start()
        plane.wait("serving/good", "live=v1", 60)
        check(plane.answers("good", {"x": 0.9}, "v1"), "the good model does not answer")
        reasons = {
            name: plane.reason("training", name) + plane.reason("dataset", name)
            for name in ("absent", "constant", "oneclass", "few", "hollow")
        }
        serving = {name: plane.resource("serving", name) for name in reasons}
        plane.stop()
        check("data/absent.csv" in reasons["absent"], f"a missing file is not named: {reasons['absent']}")
        check("maybe" in reasons["constant"], f"a foreign label is not named: {reasons['constant']}")
        check("yes" in reasons["oneclass"] or "class" in reasons["oneclass"], f"one class: {reasons['oneclass']}")
        check(reasons["hollow"] and "z" in reasons["hollow"], f"an empty column is not named: {reasons['hollow']}")
        for name in ("absent", "constant", "oneclass"):
            check("version" not in serving[name], f"{name} went live: {serving[name]}")
        return "few: " + (reasons["few"][:120] or "(trained)")

    def init_refuses():
        files = {
            "constant.csv": labelled(50, label=lambda index, x: "yes"),
            "ten.csv": labelled(10),
            "empty.csv": "",
            "header.csv": "x,y\n",
        }
        for name, text in files.items():
            (work / name).write_text(text)

        def init(folder, *arguments, expect):
            done = lab.run([lab.plumb, "init", folder, *arguments, "--owner", "a@example.com"], cwd=work, expect=expect)
            return done.stdout + done.stderr

        no = (1, 2, 3)
        said = names(init("i1", "--data", "constant.csv", "--label", "y", expect=no), "y")
        names(init("i2", "--data", "ten.csv", "--label", "z", expect=no), "z")
        names(init("i3", "--data", "nosuch.csv", "--label", "y", expect=no), "nosuch.csv")
        init("i4", "--data", "empty.csv", "--label", "y", expect=no)
        init("i5", "--data", "header.csv", "--label", "y", expect=no)
        for folder in ("i1", "i2", "i3", "i4", "i5"):
            left = list((work / folder).glob("*")) if (work / folder).exists() else []
            check(not left, f"a refused init left files in {folder}: {left}")
        (work / "mine").mkdir()
        (work / "mine" / "precious.txt").write_text("mine\n")
        names(init("mine", "--data", "ten.csv", "--label", "y", expect=no), "--force")
        check((work / "mine" / "precious.txt").read_text() == "mine\n", "init touched a folder that is not empty")
        return said

    def port_taken():
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            repository = Repository.blank(lab, "bad/ports", {"README.md": "nothing yet\n"})
            command = [lab.plumb, "up", repository.folder, "--state", work / "ports-state"]
            for arguments in (["--port", port, "--serving-port", "0"], ["--port", "0", "--serving-port", port]):
                done = lab.run([*command, *arguments], expect=3, seconds=60)
                said = names(done.stderr, port)
        return said

    def two_planes():
        repository = Repository.blank(lab, "bad/two", {
            "good.yaml": classifier("good", "data/good.csv"), "data/good.csv": labelled(300),
        })
        first = Plane(lab, repository.folder, "bad/two-state")
        first.start()
        said = names(once(repository.folder, "two-state", (1, 3)), "state folder")
        first.wait("serving/good", "live=v1", 60)
        check((first.state / "endpoints.json").exists(), "the second one took the first one's address away")
        other = lab.run(
            [lab.plumb, "up", repository.folder, "--once", "--port", "0", "--serving-port", "0",
             "--state", work / "two-other"], cwd=work, expect=(1, 3), seconds=90)
        names(other.stderr, "take-over")
        check(first.answers("good", {"x": 0.9}, "v1"), "the first one was disturbed")
        first.stop()
        return said

    def usage():
        for arguments in (["frobnicate"], ["up", "--port", "eighty"], ["wait"], ["predict", "x"]):
            lab.run([lab.plumb, *arguments], expect=2)
        done = lab.run([lab.plumb, "status", "--server", "http://127.0.0.1:9"], expect=3)
        return names(done.stderr, "127.0.0.1:9")

    return [
        ("wrong usage and an absent server", usage),
        ("an empty repository", empty_repository),
        ("a branch that does not exist", missing_branch),
        ("a folder that does not exist", no_repository),
        ("binary, absent, constant, one-class, tiny and hollow data beside a good model", bad_specs),
        ("init on data that cannot work", init_refuses),
        ("a port that is taken", port_taken),
        ("two control planes on one state folder, and on one repository", two_planes),
    ]
