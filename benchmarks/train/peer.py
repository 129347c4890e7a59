"""Trains LightGBM on one thread with the rows that benchmarks/train.ts wrote, and prints seconds of processor time and AUC.

Usage: peer.py FOLDER ROWS TEST_ROWS FEATURES TREES LEAVES RATE RIDGE CHILD_ROWS
"""

import json
import sys
import time

import lightgbm
import numpy

folder = sys.argv[1]
rows, test_rows, features, trees, leaves = map(int, sys.argv[2:7])
rate, ridge, child_rows = float(sys.argv[7]), float(sys.argv[8]), int(sys.argv[9])


def read(name, count, width, kind):
    return numpy.fromfile(f"{folder}/{name}", kind).reshape(count, width)


train_x = read("train.values", rows, features, numpy.float32)
train_y = read("train.labels", rows, 1, numpy.float64).ravel()
test_x = read("test.values", test_rows, features, numpy.float32)
test_y = read("test.labels", test_rows, 1, numpy.float64).ravel()
parameters = {
    "objective": "binary",
    "num_leaves": leaves,
    "learning_rate": rate,
    "max_bin": 255,
    "min_data_in_leaf": child_rows,
    "lambda_l2": ridge,
    "num_threads": 1,
    "verbose": -1,
    "deterministic": True,
    "seed": 1,
}
# Processor time of one thread: other work on the machine disturbs it less than the clock.
began, wall = time.process_time(), time.perf_counter()
booster = lightgbm.train(parameters, lightgbm.Dataset(train_x, train_y), num_boost_round=trees)
seconds, wall = time.process_time() - began, time.perf_counter() - wall

scores = booster.predict(test_x, num_threads=1)
order = numpy.argsort(scores, kind="stable")
ranks = numpy.empty(test_rows)
ranks[order] = numpy.arange(1, test_rows + 1)
positives = test_y.sum()
auc = (ranks[test_y == 1].sum() - positives * (positives + 1) / 2) / (
    positives * (test_rows - positives)
)
print(json.dumps({"version": lightgbm.__version__, "seconds": seconds, "wall": wall, "auc": auc}))
