"""Trains LightGBM on what `millrace export-training-set` has written, and says what it is worth on the rows held out.

    pip install lightgbm pandas pyarrow
    millrace export-training-set --model answer --output answers.parquet
    python train_lightgbm.py answers.parquet answers.lightgbm.txt
    millrace import-model answers.lightgbm.txt --model answer --reason "trained elsewhere" --follow
"""
import hashlib
import json
import sys

import lightgbm
import numpy as np
import pandas as pd

source, target = sys.argv[1], sys.argv[2]
with open(source + ".json", encoding="utf-8") as file:
    manifest = json.load(file)
table = pd.read_csv(source) if source.endswith(".csv") else pd.read_parquet(source)
names = [feature["name"] for feature in manifest["features"]]
x = table[names].to_numpy(np.float32)
y, weight, time = (table[name].to_numpy(np.float64) for name in ("label", "weight", "time"))

# The file is the one that the manifest tells of.
digest = hashlib.sha256("\n".join(["millrace-examples-1", str(len(table)), *names, ""]).encode())
for column in (x, y, weight, time):
    digest.update(np.ascontiguousarray(column).tobytes())
assert digest.hexdigest() == manifest["snapshot"], "the file is not that of its manifest"

# In the order of time: learnt from, then stopped by, then judged by. The last are not to be looked at before.
judged = manifest["holdout"]["row"]
stopped = int(judged * 0.9)


def rows(first, end):
    # Without names: the columns are told apart by their place.
    codes = [i for i, feature in enumerate(manifest["features"]) if feature["kind"] == "categorical"]
    return lightgbm.Dataset(x[first:end], y[first:end], weight=weight[first:end], categorical_feature=codes)


parameters = {
    "objective": "binary" if manifest["task"] == "binary" else "regression",
    "learning_rate": 0.1, "num_leaves": 31, "min_data_in_leaf": 50, "lambda_l2": 1.0,
    "monotone_constraints": [feature["monotone"] for feature in manifest["features"]],
    "seed": 1, "deterministic": True, "num_threads": 1, "verbose": -1,
}
stop = lightgbm.early_stopping(30, verbose=False)
model = lightgbm.train(parameters, rows(0, stopped), 500, valid_sets=[rows(stopped, judged)], callbacks=[stop])
model.save_model(target, num_iteration=model.best_iteration)


def loss(p):
    p, ones = np.clip(p, 1e-6, 1 - 1e-6), y[judged:]
    return np.average(-(ones * np.log(p) + (1 - ones) * np.log(1 - p)), weights=weight[judged:])


if manifest["task"] == "binary" and judged < len(table):
    print(f"log loss of {len(table) - judged} rows held out: {loss(model.predict(x[judged:])):.4f}, "
          f"of what was served {loss(table['served'].to_numpy()[judged:]):.4f}")
print(f"{target}: {model.best_iteration} trees")
