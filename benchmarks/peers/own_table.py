"""scikit-learn's side of own-table.ts: answers each line of JSON on stdin with one on stdout.

Reads the rows of an exported run (`split`, `features_0`, ..., `target`), fills missing numbers by the median, makes one column
for each code of the `categories`, learns from the rows of `train` and answers the scores of those of `test`, with their `target`.
"""
import json
import sys

import numpy as np
import sklearn
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

print(f"scikit-learn {sklearn.__version__}", flush=True)
for line in sys.stdin:
    q = json.loads(line)
    with open(q["path"]) as file:
        head = file.readline().strip().split(",")
        rows = [row.rstrip("\n").split(",") for row in file]
    own = [i for i, name in enumerate(head) if name.startswith("features")]
    x = np.array([[float(row[i]) if row[i] not in ("", "NaN") else np.nan for i in own] for row in rows])
    y = np.array([float(row[head.index("target")]) for row in rows])
    split = np.array([row[head.index("split")] for row in rows])
    train, test = split == "train", split == "test"
    words = [i for i, is_category in enumerate(q["categories"]) if is_category]
    numbers = [i for i in range(len(own)) if i not in words]
    prepared = lambda model: make_pipeline(
        make_column_transformer(
            (make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler()), numbers),
            (make_pipeline(SimpleImputer(strategy="constant", fill_value=-1), OneHotEncoder(handle_unknown="ignore", sparse_output=False)), words)),
        model)
    models = {
        "sklearn logistic": prepared(LogisticRegression(C=1, max_iter=5000)),
        "sklearn MLP": prepared(MLPClassifier((64, 64), early_stopping=True, random_state=0)),
        "sklearn boosted trees": HistGradientBoostingClassifier(random_state=0),
    }
    answer = {"target": y[test].tolist()}
    for name, model in models.items():
        answer[name] = model.fit(x[train], y[train]).predict_proba(x[test])[:, 1].tolist()
    print(json.dumps(answer), flush=True)
