"""
For auto.mjs: gradient boosting with random settings for some seconds, the best by validation rows, and FLAML for as long where it is
there. Standard input: {"data": "adult" or "digits", "path": ..., "seconds": ..., "seed": ...}; output: a line of JSON for each.
"""

import json
import sys
import time

import numpy
import pandas
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.preprocessing import OrdinalEncoder


def table(path):
    rows = pandas.read_csv(path)
    part, answers = rows.pop("part"), rows.pop("income-per-year")
    texts = [column for column in rows if not pandas.api.types.is_numeric_dtype(rows[column])]
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    inputs = make_column_transformer((codes, texts), remainder="passthrough").fit(rows[part == "training"]).transform(rows)
    return {name: (inputs[part == name], answers[part == name].to_numpy()) for name in ("training", "validation", "test")}


def pictures(folder, seed):
    def read(name, header):
        return numpy.fromfile(f"{folder}/{name}", dtype=numpy.uint8)[header:]

    train = read("train-images-idx3-ubyte", 16).reshape(-1, 784), read("train-labels-idx1-ubyte", 8)
    test = read("t10k-images-idx3-ubyte", 16).reshape(-1, 784), read("t10k-labels-idx1-ubyte", 8)
    order = numpy.random.default_rng(seed).permutation(len(train[1]))
    held, kept = order[: len(order) // 10], order[len(order) // 10 :]
    parts = {"training": kept, "validation": held}
    return {**{name: (train[0][rows], train[1][rows]) for name, rows in parts.items()}, "test": test}


def accuracy(model, part):
    return float((model.predict(part[0]) == part[1]).mean())


def boosting(parts, seconds, seed):
    draw, began, best, tries = numpy.random.default_rng(seed), time.time(), (-1, None), 0
    while time.time() - began < seconds:
        # The first is as it comes.
        settings = {} if tries == 0 else {
            "learning_rate": float(10 ** draw.uniform(-2, -0.3)),
            "max_leaf_nodes": int(2 ** draw.uniform(3, 7)),
            "min_samples_leaf": int(2 ** draw.uniform(1, 6)),
            "l2_regularization": float(10 ** draw.uniform(-4, 1)),
            "max_iter": int(2 ** draw.uniform(6, 10)),
        }
        model = HistGradientBoostingClassifier(random_state=seed, early_stopping=True, **settings).fit(*parts["training"])
        best = max(best, (accuracy(model, parts["validation"]), tries, model), key=lambda one: one[0])
        tries += 1
    return best[2], tries


def flaml(parts, seconds, seed):
    from flaml import AutoML

    model = AutoML()
    (inputs, answers), (held, known) = parts["training"], parts["validation"]
    model.fit(inputs, answers, X_val=held, y_val=known, task="classification", metric="accuracy", time_budget=seconds, seed=seed, verbose=0)
    return model, len(model.config_history)


asked = json.load(sys.stdin)
parts = table(asked["path"]) if asked["data"] == "adult" else pictures(asked["path"], asked["seed"])
for name, search in {"gradient boosting, random settings": boosting, "FLAML": flaml}.items():
    try:
        began = time.time()
        model, tries = search(parts, asked["seconds"], asked["seed"])
        took = round(time.time() - began)
        print(json.dumps({"model": name, "accuracy": accuracy(model, parts["test"]), "seconds": took, "tries": tries}), flush=True)
    except ImportError as error:
        print(f"{name}: {error}", file=sys.stderr)
