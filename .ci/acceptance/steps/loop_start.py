"""A repository with two models and a broken spec beside them goes live."""

import json
import time

from generated import BROKEN, HOUSE, HOUSE_MODEL, HOUSE_SERVING, OWNER, SUBSCRIBER, houses, subscribers
from lab import check
from product import Plane, get, post
from repository import Repository


class Shop:
    """What the steps of the loop share."""

    def __init__(self, lab):
        self.lab = lab
        self.folder = lab.folder("loop") / "shop"
        self.repository = Repository(lab, self.folder)
        self.plane = Plane(lab, self.folder, "loop-state")

    def train_churn(self, seed):
        """Commits another seed for the churn model; the commit's id."""
        file = self.repository.of("Training", "churn")
        return self.repository.change(
            f"Train with seed {seed}",
            lambda: self.repository.substitute(file, r"^([^#\n]*\bseed:\s*)\d+(.*)$", rf"\g<1>{seed}\g<2>", "Training"),
        )

    def train_price(self, rounds):
        """Commits another number of rounds for the price model; the commit's id."""
        return self.repository.change(
            f"Boost {rounds} rounds",
            lambda: self.repository.substitute("models/price.yaml", r"rounds: \d+", f"rounds: {rounds}"),
        )

    def live(self, name, version, seconds=120):
        """Waits until this version serves."""
        self.plane.wait(f"serving/{name}", f"live={version}", seconds)
        row = {"churn": SUBSCRIBER, "price": HOUSE}[name]
        check(self.plane.answers(name, row, version), f"{name} does not answer with {version}")

    def stays(self, name, version, ready=True):
        """Ten looks at everything leave main, the runs and the version as they are."""
        plane = self.plane
        before = self.repository.main(), len(plane.runs(name))
        plane.look_again(9)
        if ready:
            plane.plumb("reconcile", f"serving/{name}", "--wait")
        else:
            time.sleep(2)  # it waits for a person, so there is nothing to wait for here
        after = self.repository.main(), len(plane.runs(name))
        check(before == after, f"looking again did something: {before} became {after}")
        row = {"churn": SUBSCRIBER, "price": HOUSE}[name]
        check(plane.answers(name, row, version), f"{name} does not answer with {version} any more")


def start_steps(shop):
    lab, plane, repository = shop.lab, shop.plane, shop.repository

    def initialise():
        (lab.root / "subscribers.csv").write_text(subscribers())
        lab.run([lab.plumb, "init", shop.folder, "--data", lab.root / "subscribers.csv",
                 "--label", "cancelled", "--name", "churn", "--owner", OWNER])
        check(repository.git("status", "--porcelain") == "", "init left something uncommitted")
        lab.run([lab.plumb, "validate"], cwd=shop.folder)
        repository.substitute(
            repository.of("Serving", "churn"), r"^(\s*version:\s*none.*)$",
            r"\g<1>\n  promotion: {tolerance: 1}", "Serving",
        )
        repository.write({
            "data/houses.csv": houses(),
            "models/price.yaml": HOUSE_MODEL,
            "serving/price.yaml": HOUSE_SERVING,
            "models/broken.yaml": BROKEN,
        })
        repository.commit("Add the price model, and a mistake")

    def validate():
        done = lab.run([lab.plumb, "validate", "-o", "json"], cwd=shop.folder, expect=1)
        report = json.loads(done.stdout)
        errors = [each for each in report["problems"] if each["severity"] == "error"]
        check(not report["valid"] and errors, "a broken spec counts as valid")
        elsewhere = [each for each in errors if each["file"] != "models/broken.yaml"]
        check(not elsewhere, f"good files have problems: {elsewhere}")
        check(all(each["line"] > 0 and each["column"] > 0 for each in errors), "a problem has no place")
        said = json.dumps(errors)
        check("paramters" in said and "parameters" in said, "a misspelt field is not named with what was meant")
        check("prise" in said and "price" in said, "a misspelt name is not named with what was meant")
        return f"{len(errors)} problems, each with its place"

    def up():
        plane.start()
        shop.live("churn", "v1")
        shop.live("price", "v1")
        check(plane.resource("serving", "churn")["ready"], "churn is not ready")
        problems = plane.status()["problems"]
        check(any(each["file"] == "models/broken.yaml" for each in problems), "status does not name the broken file")
        broken = plane.resource("training", "broken")
        check(broken is None or not broken["ready"], "the broken spec is ready")

    def promotion_commit():
        for name, old_file in (("churn", repository.of("Serving", "churn")), ("price", "serving/price.yaml")):
            commits = repository.promotions(name)
            check(len(commits) == 1, f"{name} has {len(commits)} promotion commits, not one")
            repository.only_version_changed(commits[0], old_file, "none", "v1")
            trailers = repository.trailers(commits[0])
            version = plane.json("versions", name)["versions"][0]
            wanted = {
                "Plumbline-Action": "promote",
                "Plumbline-Serving": name,
                "Plumbline-Version": f"{name}/v1",
                "Plumbline-Digest": version["digest"],
            }
            for key, value in wanted.items():
                check(trailers.get(key) == value, f"the trailer {key} is {trailers.get(key)}, not {value}")
            check("Plumbline-Verdict" in trailers, "the commit names no verdict")
            check("Plumbline-Run" in trailers or "Plumbline-Evidence" in trailers, "the commit names no run")

    def predict():
        rows = lab.root / "rows.csv"
        rows.write_text("\n".join(subscribers(20, seed=99).splitlines()[:6]) + "\n")
        done = plane.plumb("predict", "churn", "--data", rows, "-o", "json")
        answers = json.loads(done.stdout)["predictions"]
        check(len(answers) == 5 and all(each["label"] in ("yes", "no") for each in answers), f"answers: {answers}")
        check("cancelled" in done.stderr, "predict does not say that it drops the label column")
        code, version, body = plane.predict("price", HOUSE)
        check(code == 200 and version == "price/v1", f"price answers {code} {version}: {body}")
        check(300 < json.loads(body)["predictions"][0]["value"] < 500, f"that is no price: {body}")
        code, _, body = plane.predict("churn", {"tenure": 3, "plan": "monthly"})
        check(code == 400 and "charge" in body, f"a missing column answers {code}: {body}")
        check(get(plane.serving, "/v2/models/churn/ready")[0] == 200, "the v2 protocol says not ready")
        inputs = [
            {"name": "tenure", "shape": [1], "datatype": "INT64", "data": [3]},
            {"name": "plan", "shape": [1], "datatype": "BYTES", "data": ["monthly"]},
            {"name": "charge", "shape": [1], "datatype": "FP64", "data": [92.5]},
        ]
        metadata = json.loads(get(plane.serving, "/v2/models/churn")[2])
        types = {each["name"]: each["datatype"] for each in metadata["inputs"]}
        for each in inputs:
            each["datatype"] = types[each["name"]]
        code, headers, body = post(plane.serving, "/v2/models/churn/infer", {"inputs": inputs})
        check(code == 200 and json.loads(body)["model_version"] == "v1", f"v2 infer answers {code}: {body}")
        check(headers["X-Plumbline-Version"] == "churn/v1", "v2 infer names no version")

    def mended():
        repository.pull()
        (shop.folder / "models/broken.yaml").unlink()
        repository.commit("Take the mistake back")
        said = repository.push()
        check("plumbline:" in said, f"the push was not told of its admission: {said}")
        plane.wait("serving/churn", "ready", 30, repository.head())
        check(not plane.status()["problems"], "status still reports problems")

    return [
        ("init writes a repository; a second model by hand, a broken spec beside", initialise),
        ("validate names every mistake of the broken spec and no other file", validate),
        ("both models train and go live beside the broken spec", up),
        ("each promotion commit changes the value of version and nothing else", promotion_commit),
        ("predictions by command, by rows and by the v2 protocol", predict),
        ("the mistake is mended, and the push says what was admitted", mended),
    ]
