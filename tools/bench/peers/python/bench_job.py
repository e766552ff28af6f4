"""The folder with one epoch's work, and the lines that a program of the benchmarks speaks.

`work/epoch-job.ts` writes the folder, `protocol/program.ts` is the other end of the lines.
"""

import json
import os
import sys
import time


def limit_threads(threads):
    """Before NumPy or PyTorch is imported: their libraries read these variables once, as they are loaded."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(threads)


def say(reply):
    print(json.dumps(reply), flush=True)


def require(*names):
    """Imports modules; where one is missing says so and ends the program."""
    try:
        return [__import__(name) for name in names]
    except ImportError as error:
        say({"missing": f"{error.name or error} is not installed for {sys.executable}"})
        sys.exit(0)


class Job:
    """The work in the number type `dtype`. Standardising is preparation: nobody's clock runs."""

    def __init__(self, numpy, folder, dtype):
        with open(os.path.join(folder, "job.json"), encoding="utf8") as file:
            self.settings = json.load(file)

        def read(name, type_):
            return numpy.fromfile(os.path.join(folder, name), dtype=type_)

        inputs, classes = self.settings["inputs"], self.settings["classes"]
        means, deviations = read("statistics.f64", "f8").reshape(2, inputs)

        def split(name):
            x = read(f"{name}-images.u8", "u1").reshape(-1, inputs).astype(dtype)
            x -= means.astype(dtype)
            x /= deviations.astype(dtype)
            return x, read(f"{name}-labels.u8", "u1").astype("i8")

        self.train = split("train")
        self.validation = split("validation")
        self.order = read("order.u32", "u4").astype("i8")
        initial = read("initial.f64", "f8").astype(dtype)
        self.weights = initial[: classes * inputs].reshape(classes, inputs)
        self.biases = initial[classes * inputs :]


def serve(versions, model, job):
    """Answers until `quit`. `model` has `prepare()`, `reset()`, `epoch()`, `figures()` and `squared_norm()`."""
    settings = job.settings
    train, validation = model.prepare(job.train), model.prepare(job.validation)

    def evaluate():
        loss, accuracy = model.figures(train)
        validation_loss, validation_accuracy = model.figures(validation)
        penalty = settings["lambda"] * model.squared_norm()
        return {
            "loss": loss,
            "cost": loss + penalty,
            "accuracy": accuracy,
            "validationLoss": validation_loss,
            "validationCost": validation_loss + penalty,
            "validationAccuracy": validation_accuracy,
        }

    say({"ready": True, "versions": versions})
    for line in sys.stdin:
        request = line.strip()
        if request == "quit":
            return
        model.reset()
        start = time.perf_counter()
        model.epoch(train, job.order, None, settings["eta"], settings["lambda"])
        figures = evaluate() if request == "epoch+evaluate" else None
        elapsed = time.perf_counter() - start
        # Without an evaluation in the time, the loss is found after it: the harness compares it either way.
        say({"ms": 1000 * elapsed, **(figures or evaluate())})
