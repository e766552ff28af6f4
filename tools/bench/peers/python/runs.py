"""Whole runs from start to exit: usage `runs.py JOB THREADS numpy32|numpy64|torch`."""

import sys

from bench_job import limit_threads, require
from bench_run import RunJob, run_all
from peers import dtype_of, modules_of

folder, threads, peer = sys.argv[1:]
limit_threads(threads)
numpy = require("numpy", *modules_of(peer))[0]


def create(job):
    if peer == "torch":
        import torch
        from torch_softmax import Model

        torch.set_num_threads(int(threads))
    else:
        from numpy_softmax import Model
    return Model(job.weights, job.biases, job.settings["batch"])


run_all(RunJob(numpy, folder, dtype_of(peer)), create)
