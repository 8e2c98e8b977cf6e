"""LightGBM's side of collision-baselines.ts: answers each line of JSON on stdin with one on stdout.

Reads `train`, `validation` and `test`, float32 files of rows with the label first, trains on columns `from` to before
`to`, stops by the validation rows, and writes the scores of the test rows to `scores`.
"""
import json
import sys

import lightgbm
import numpy as np

settings = {
    "higgs": dict(learning_rate=0.05, num_leaves=63, min_data_in_leaf=50, feature_fraction=0.8,
                  bagging_fraction=0.8, bagging_freq=1, lambda_l2=1),
    "susy": dict(learning_rate=0.03, num_leaves=7, min_data_in_leaf=30, feature_fraction=0.7,
                 bagging_fraction=0.8, bagging_freq=1, lambda_l2=5),
}

print(f"LightGBM {lightgbm.__version__}", flush=True)
for line in sys.stdin:
    q = json.loads(line)
    parts = {}
    for part in ("train", "validation", "test"):
        rows = np.fromfile(q[part], np.float32).reshape(-1, q["columns"] + 1)
        parts[part] = rows[:, 1 + q["from"]:1 + q["to"]], rows[:, 0]
    model = lightgbm.train(
        dict(settings[q["problem"]], objective="binary", metric="auc", seed=0, verbose=-1, num_threads=1),
        lightgbm.Dataset(*parts["train"]), 1500, valid_sets=[lightgbm.Dataset(*parts["validation"])],
        callbacks=[lightgbm.early_stopping(50, verbose=False)])
    model.predict(parts["test"][0]).astype(np.float32).tofile(q["scores"])
    print(json.dumps({"rounds": model.best_iteration}), flush=True)
