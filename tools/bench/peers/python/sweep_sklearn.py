"""A grid of 64 settings in scikit-learn: usage `sweep_sklearn.py FOLDER THREADS`.

GridSearchCV over MLPClassifier without hidden layers, which is softmax regression, on processes of joblib; each trained on
data_batch_1 and judged on data_batch_2, as a split that is given. FOLDER has sweep.json, what is searched. Ends with one
line: the best setting, its accuracy, and how many were tried.
"""

import json
import os
import sys
import warnings

from bench_job import limit_threads, require, say

folder, threads = sys.argv[1:]
# Each process has a core; more threads of BLAS would only be in each other's way.
limit_threads(1)
numpy, sklearn, joblib = require("numpy", "sklearn", "joblib")

from sklearn.model_selection import GridSearchCV, PredefinedSplit  # noqa: E402
from sklearn.neural_network import MLPClassifier  # noqa: E402

# All epochs are trained, as in every other program: that it has not converged then is no news.
warnings.filterwarnings("ignore")
os.environ["PYTHONWARNINGS"] = "ignore"

RECORD = 3073

with open(os.path.join(folder, "sweep.json"), encoding="utf8") as file:
    job = json.load(file)


def load(name):
    path = os.path.join(job["directory"], f"{name}.bin")
    records = numpy.fromfile(path, "u1").reshape(-1, RECORD)
    return records[:, 1:].astype("f4"), records[:, 0].astype("i8")


(x, y), (held_x, held_y) = load("data_batch_1"), load("data_batch_2")
mean, deviation = x.mean(axis=0, dtype="f8").astype("f4"), x.std(axis=0, dtype="f8").astype("f4")
images = numpy.concatenate([(x - mean) / deviation, (held_x - mean) / deviation])
labels = numpy.concatenate([y, held_y])
split = PredefinedSplit(numpy.repeat([-1, 0], [len(y), len(held_y)]))

classifier = MLPClassifier(
    hidden_layer_sizes=(),
    solver="sgd",
    learning_rate="constant",
    momentum=0,
    nesterovs_momentum=False,
    batch_size=job["batch"],
    max_iter=job["epochs"],
    tol=0,
    n_iter_no_change=job["epochs"] + 1,
    random_state=0,
)
grid = {
    "learning_rate_init": job["etas"],
    # Its cost has alpha / 2 / n times sum(W^2), n being the images of a batch; ours has lambda.
    "alpha": [2 * value * job["batch"] for value in job["lambdas"]],
}
search = GridSearchCV(classifier, grid, scoring="accuracy", cv=split, refit=False, n_jobs=int(threads))
search.fit(images, labels)

say(
    {
        "trials": len(search.cv_results_["params"]),
        "accuracy": float(search.best_score_),
        "versions": {"scikit-learn": sklearn.__version__, "joblib": joblib.__version__, "numpy": numpy.__version__},
    }
)
