"""Whole runs over CIFAR-10's files, for any model: what `work/run-job.ts` describes."""

import json
import os

from bench_job import say

RECORD = 3073
HELD_OUT = 1000


class RunJob:
    def __init__(self, numpy, folder, dtype):
        with open(os.path.join(folder, "run.json"), encoding="utf8") as file:
            self.settings = json.load(file)
        epochs = self.settings["epochs"]

        def read(name, type_):
            return numpy.fromfile(os.path.join(folder, name), dtype=type_)

        self.orders = read("orders.u32", "u4").reshape(epochs, -1).astype("i8")
        self.flips = read("flips.u8", "u1").reshape(epochs, -1).astype(bool) if self.settings["flip"] else None
        initial = read("initial.f64", "f8").astype(dtype)
        self.weights, self.biases = initial[:-10].reshape(10, -1), initial[-10:]

        def load(*names):
            files = [os.path.join(self.settings["directory"], f"{name}.bin") for name in names]
            records = numpy.concatenate([numpy.fromfile(file, "u1") for file in files]).reshape(-1, RECORD)
            return records[:, 1:].astype(dtype), records[:, 0].astype("i8")

        if self.settings["trainOn"] == "all":
            x, y = load(*(f"data_batch_{number}" for number in range(1, 6)))
            train, validation = (x[:-HELD_OUT], y[:-HELD_OUT]), (x[-HELD_OUT:], y[-HELD_OUT:])
        else:
            train, validation = load("data_batch_1"), load("data_batch_2")
        test = load("test_batch")
        mean = train[0].mean(axis=0, dtype="f8")
        deviation = train[0].std(axis=0, dtype="f8")
        for x, _ in (train, validation, test):
            x -= mean.astype(dtype)
            x /= deviation.astype(dtype)
        self.train, self.validation, self.test = train, validation, test


def run_all(job, create):
    """`create(train, job)` makes a model with `reset()`, `epoch(order, flips, eta, lambda)` and `figures(split)`.

    `figures` gives loss and accuracy of images that `prepare` has made the model's own.
    """
    settings = job.settings
    decay, target = settings["decay"], settings["target"]
    model = create(job)
    train, test = model.prepare(job.train), model.prepare(job.test)
    # Where the test images are looked at after each epoch, they take the place of the validation images.
    watched = model.prepare(job.validation) if target is None else test
    runs = []
    for setting in settings["settings"]:
        model.reset()
        for epoch in range(settings["epochs"]):
            eta = setting["eta"] * (decay["factor"] ** (epoch // decay["every"]) if decay else 1)
            flips = None if job.flips is None else job.flips[epoch]
            model.epoch(train, job.orders[epoch], flips, eta, setting["lambda"])
            loss, _ = model.figures(train)
            watched_loss, watched_accuracy = model.figures(watched)
            if target is not None and watched_accuracy >= target:
                break
        runs.append(
            {
                "epochs": epoch + 1,
                "loss": loss,
                "validationLoss": watched_loss,
                "testAccuracy": watched_accuracy if target is not None else model.figures(test)[1],
            }
        )
    say({"runs": runs})
