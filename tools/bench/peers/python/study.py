"""The basic study from start to exit, in plain NumPy and matplotlib: usage `study.py JOB THREADS numpy32|numpy64 OUT`.

Gradient check, the four settings, the test images, and a report with its figures in the folder OUT. Ends with one
line: what it came to, and the seconds of its phases.
"""

import json
import os
import sys
import time

from bench_job import limit_threads, require, say

folder, threads, peer, output = sys.argv[1:]
limit_threads(threads)
numpy, matplotlib = require("numpy", "matplotlib")
matplotlib.use("Agg")

from bench_run import RECORD, RunJob  # noqa: E402
from numpy_softmax import Model  # noqa: E402
from peers import dtype_of, versions  # noqa: E402
from study_figures import write_figures  # noqa: E402
from study_gradient import check_gradient  # noqa: E402
from study_pages import write_pages  # noqa: E402

MISTAKES = 24


def train_setting(model, setting, job):
    """One run, evaluated after each epoch, and at its end on test."""
    eta, lambda_ = setting["eta"], setting["lambda"]
    curves = {f"{split}/{name}": [] for split in ("train", "validation") for name in ("loss", "cost", "accuracy")}
    model.reset()
    for order in job.orders:
        model.epoch(job.train, order, None, eta, lambda_)
        penalty = lambda_ * model.squared_norm()
        for split, images in (("train", job.train), ("validation", job.validation)):
            loss, accuracy = model.figures(images)
            curves[f"{split}/loss"].append(loss)
            curves[f"{split}/cost"].append(loss + penalty)
            curves[f"{split}/accuracy"].append(accuracy)
    loss, accuracy = model.figures(job.test)
    test = {"test/loss": loss, "test/cost": loss + penalty, "test/accuracy": accuracy}
    return {
        "eta": eta,
        "lambda": lambda_,
        "curves": curves,
        "figures": {**{tag: values[-1] for tag, values in curves.items()}, **test},
        "weights": model.weights,
        "biases": model.biases,
    }


def examine(run, job, names):
    """Confusion matrix, accuracy of each class, and the mistakes it is surest of, on test."""
    x, y = job.test
    scores = x @ run["weights"].T + run["biases"]
    probabilities = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    answers = probabilities.argmax(axis=1)
    confusion = numpy.zeros((len(names), len(names)), int)
    numpy.add.at(confusion, (y, answers), 1)
    wrong = numpy.flatnonzero(answers != y)
    surest = wrong[numpy.argsort(-probabilities[wrong, answers[wrong]], kind="stable")[:MISTAKES]]
    test = os.path.join(job.settings["directory"], "test_batch.bin")
    pixels = numpy.fromfile(test, "u1").reshape(-1, RECORD)[surest, 1:]
    return {
        "confusion": confusion,
        "recall": confusion.diagonal() / confusion.sum(axis=1),
        "mistakes": [
            {
                "image": image.reshape(3, 32, 32).transpose(1, 2, 0),
                "answer": names[answers[i]],
                "label": names[y[i]],
                "answerProbability": float(probabilities[i, answers[i]]),
                "labelProbability": float(probabilities[i, y[i]]),
            }
            for i, image in zip(surest, pixels)
        ],
    }


phases = {}
last = time.perf_counter()


def end_phase(name):
    global last
    now = time.perf_counter()
    phases[name] = now - last
    last = now


job = RunJob(numpy, folder, dtype_of(peer))
with open(os.path.join(folder, "gradient-check.json"), encoding="utf8") as file:
    method = json.load(file)
with open(os.path.join(job.settings["directory"], "batches.meta.txt"), encoding="utf8") as file:
    names = file.read().split()
os.makedirs(output)
end_phase("reading")

check = check_gradient(job, method)
end_phase("gradientCheck")

model = Model(job.weights, job.biases, job.settings["batch"])
runs = [train_setting(model, setting, job) for setting in job.settings["settings"]]
best = max(range(len(runs)), key=lambda i: runs[i]["figures"]["validation/accuracy"])
seen = examine(runs[best], job, names)
end_phase("training")

files = write_figures(output, check, runs, best, seen, names)
write_pages(output, check, runs, best, seen, files)
end_phase("writing")

say(
    {
        "runs": [
            {
                "epochs": job.settings["epochs"],
                "loss": run["figures"]["train/loss"],
                "validationLoss": run["figures"]["validation/loss"],
                "testAccuracy": run["figures"]["test/accuracy"],
            }
            for run in runs
        ],
        "gradientCheck": check,
        "phases": phases,
        "versions": {**versions(peer), "matplotlib": matplotlib.__version__},
    }
)
