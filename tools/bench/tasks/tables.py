"""
The same splits by scikit-learn, for tables.mjs. Standard input: {"files": [...], "target": ..., "numeric": true or false}; each
file has a column `part`. Standard output: one JSON line per file and model. With `diabetes FILE` it writes that data instead.
"""

import json
import sys

import pandas
from sklearn.compose import make_column_transformer
from sklearn.datasets import load_diabetes
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.metrics import accuracy_score, mean_absolute_error, r2_score, roc_auc_score
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler


def models(numeric):
    # As they come, but for early stopping, which the networks here have too.
    if numeric:
        network = MLPRegressor(hidden_layer_sizes=(64, 32), early_stopping=True, max_iter=500, random_state=1)
        return {"mlp": network, "boosting": HistGradientBoostingRegressor(random_state=1)}
    network = MLPClassifier(hidden_layer_sizes=(64, 32), early_stopping=True, max_iter=500, random_state=1)
    return {"mlp": network, "boosting": HistGradientBoostingClassifier(random_state=1)}


def prepared(name, inputs):
    texts = [column for column in inputs if not pandas.api.types.is_numeric_dtype(inputs[column])]
    if name == "boosting":
        codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
        return make_column_transformer((codes, texts), remainder="passthrough")
    return make_column_transformer((OneHotEncoder(handle_unknown="ignore"), texts), remainder=StandardScaler())


def measure(file, target, numeric):
    rows = pandas.read_csv(file)
    # What is not test trains: these models hold out their own rows for stopping.
    held = rows.pop("part") == "test"
    answers = rows.pop(target)
    for name, model in models(numeric).items():
        pipeline = make_pipeline(prepared(name, rows), model)
        pipeline.fit(rows[~held], answers[~held])
        said = pipeline.predict(rows[held])
        if numeric:
            figures = {"r-squared": r2_score(answers[held], said), "mean-absolute-error": mean_absolute_error(answers[held], said)}
        else:
            sure = pipeline.predict_proba(rows[held])[:, 1]
            figures = {"accuracy": accuracy_score(answers[held], said), "roc-auc": roc_auc_score(answers[held], sure)}
        print(json.dumps({"model": name, **figures}), flush=True)


if sys.argv[1:2] == ["diabetes"]:
    load_diabetes(as_frame=True, scaled=False).frame.to_csv(sys.argv[2], index=False)
else:
    asked = json.load(sys.stdin)
    for file in asked["files"]:
        measure(file, asked["target"], asked["numeric"])
