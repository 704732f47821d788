"""Made-up tables, the same on every machine, and the specs that go with them."""

import random

OWNER = "ada@example.com"

SUBSCRIBER = {"tenure": 3, "plan": "monthly", "charge": 92.5}
HOUSE = {"area": 120, "rooms": 4, "district": "north"}


def subscribers(rows=600, seed=11):
    """Subscribers who cancel: short tenure, monthly plans and high charges make it likelier."""
    draw = random.Random(seed)
    lines = ["tenure,plan,charge,cancelled"]
    for _ in range(rows):
        tenure, plan = draw.randint(0, 72), draw.choice(["monthly", "yearly"])
        charge = round(draw.uniform(20, 120), 2)
        score = (charge - 70) / 20 - (tenure - 30) / 15 + (1.5 if plan == "monthly" else -1.5) + draw.gauss(0, 1)
        lines.append(f"{tenure},{plan},{charge},{'yes' if score > 0 else 'no'}")
    return "\n".join(lines) + "\n"


def houses(rows=500, seed=12):
    """Houses and their prices in thousands."""
    draw = random.Random(seed)
    lines = ["area,rooms,district,price"]
    for _ in range(rows):
        area, rooms = draw.randint(40, 240), draw.randint(1, 7)
        district = draw.choice(["north", "south", "harbour"])
        price = 3 * area + 12 * rooms + {"north": 0, "south": 40, "harbour": 110}[district] + draw.gauss(0, 15)
        lines.append(f"{area},{rooms},{district},{price:.1f}")
    return "\n".join(lines) + "\n"


HOUSE_MODEL = f"""\
# What a house is worth, written by hand.
apiVersion: plumbline.dev/v1
kind: Model
metadata: {{name: price, owner: {OWNER}}}
spec: {{task: regression, riskTier: low}}
---
apiVersion: plumbline.dev/v1
kind: Dataset
metadata: {{name: houses, owner: {OWNER}}}
spec:
  source: {{path: data/houses.csv}}
  label: price
  schema:
    area: {{type: integer, min: 1}}
    rooms: {{type: integer, min: 1}}
    district: {{type: category, values: [north, south, harbour]}}
    price: {{type: number}}
---
apiVersion: plumbline.dev/v1
kind: Training
metadata: {{name: price, owner: {OWNER}}}
spec:
  model: price
  dataset: houses
  trainer:
    algorithm: xgboost
    parameters: {{rounds: 60, maxDepth: 3}}
    seed: 1
  require:
    rmse: {{max: 1000}}
"""

# Windows line ends, quotes, a comment behind the value and no last newline: a promotion must keep them all.
HOUSE_SERVING = "\r\n".join(
    [
        "# The endpoint; promoted by commits.",
        "apiVersion: plumbline.dev/v1",
        "kind: Serving",
        f"metadata: {{name: price, owner: {OWNER}}}",
        "spec:",
        "  promotion: {mode: commit, tolerance: 1000}   # every candidate is good enough here",
        "  version: 'none'   # written by promotions",
        "  model: price",
    ]
).replace("  model: price", "  model: price  # last line without a newline")

BROKEN = f"""\
apiVersion: plumbline.dev/v1
kind: Training
metadata: {{name: broken, owner: {OWNER}}}
spec:
  model: price
  dataset: houses
  trainer: {{algorithm: random-forest, paramters: {{trees: 10}}}}
---
apiVersion: plumbline.dev/v1
kind: Serving
metadata: {{name: broken, owner: {OWNER}}}
spec:
  model: prise
"""


def classifier(name, data, seed=1, algorithm="logistic-regression", columns="x: {type: number}"):
    """Model, Dataset, Training and Serving of a small yes/no classifier over one file."""
    return f"""\
apiVersion: plumbline.dev/v1
kind: Model
metadata: {{name: {name}, owner: {OWNER}}}
spec: {{task: binary-classification}}
---
apiVersion: plumbline.dev/v1
kind: Dataset
metadata: {{name: {name}, owner: {OWNER}}}
spec:
  source: {{path: {data}}}
  label: y
  positive: yes
  schema:
    {columns}
    y: {{type: category, values: [no, yes]}}
---
apiVersion: plumbline.dev/v1
kind: Training
metadata: {{name: {name}, owner: {OWNER}}}
spec:
  model: {name}
  dataset: {name}
  trainer: {{algorithm: {algorithm}, seed: {seed}}}
---
apiVersion: plumbline.dev/v1
kind: Serving
metadata: {{name: {name}, owner: {OWNER}}}
spec:
  model: {name}
  version: none
"""


def labelled(rows, label=lambda index, x: "yes" if x > 0.5 else "no", value=lambda x: f"{x:.4f}", seed=13):
    """A table of one feature x and a label y."""
    draw = random.Random(seed)
    drawn = [draw.random() for _ in range(rows)]
    return "x,y\n" + "".join(f"{value(x)},{label(index, x)}\n" for index, x in enumerate(drawn))
