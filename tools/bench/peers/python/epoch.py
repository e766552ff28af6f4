"""One epoch, asked for over lines: usage `epoch.py JOB THREADS numpy32|numpy64|torch|sklearn`."""

import sys

from bench_job import Job, limit_threads, require, serve
from peers import dtype_of, modules_of, versions

folder, threads, peer = sys.argv[1:]
limit_threads(threads)
numpy = require("numpy", *modules_of(peer))[0]
job = Job(numpy, folder, dtype_of(peer))
settings = job.settings
shared = (job.weights, job.biases, settings["batch"])
if peer == "torch":
    import torch
    from torch_softmax import Model

    torch.set_num_threads(int(threads))
    model = Model(*shared)
elif peer == "sklearn":
    from sklearn_softmax import Model

    model = Model(*shared, settings["eta"], settings["lambda"])
else:
    from numpy_softmax import Model

    model = Model(*shared)

serve(versions(peer), model, job)
