"""Softmax regression in scikit-learn.

SGDClassifier steps after every single image, and one class against the rest: other work, another result. An
MLPClassifier without hidden layers is softmax regression, and partial_fit on a batch is one step on it, so this does
the same as everyone else.
"""

import warnings

import numpy
from sklearn.neural_network import MLPClassifier

# It calls input validation and label binarising for each batch, as it does for its users.
warnings.filterwarnings("ignore", category=UserWarning)


class Model:
    def __init__(self, weights, biases, batch, eta, lambda_):
        self.initial_weights, self.initial_biases, self.batch = weights, biases, batch
        self.classifier = MLPClassifier(
            hidden_layer_sizes=(),
            solver="sgd",
            learning_rate="constant",
            learning_rate_init=eta,
            momentum=0,
            nesterovs_momentum=False,
            batch_size=batch,
            # Its cost has alpha / 2 / n times sum(W^2), n being the images of a batch; ours has lambda.
            alpha=2 * lambda_ * batch,
        )
        # The first call makes the arrays; `reset` then fills them with the common initial values.
        classes = numpy.arange(len(weights))
        self.classifier.partial_fit(numpy.zeros((len(classes), weights.shape[1]), weights.dtype), classes, classes)
        self.reset()

    def reset(self):
        self.classifier.coefs_[0][...] = self.initial_weights.T
        self.classifier.intercepts_[0][...] = self.initial_biases

    def prepare(self, split):
        return split

    def epoch(self, train, order, _flips, _eta, _lambda):
        x, y = train
        for start in range(0, len(order), self.batch):
            chosen = order[start : start + self.batch]
            self.classifier.partial_fit(x[chosen], y[chosen])

    def figures(self, split):
        """Mean loss, and accuracy."""
        x, y = split
        probabilities = self.classifier.predict_proba(x)
        own = probabilities[numpy.arange(len(y)), y].astype("f8")
        return float(-numpy.log(own).mean()), float((probabilities.argmax(axis=1) == y).mean())

    def squared_norm(self):
        return float(numpy.square(self.classifier.coefs_[0]).sum())
