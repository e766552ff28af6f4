"""Softmax regression in NumPy, written as one would for speed.

Buffers are made once, what can be done in place is, and the two products are BLAS's.
"""

import numpy


class Model:
    def __init__(self, weights, biases, batch):
        self.initial_weights, self.initial_biases = weights, biases
        self.x = numpy.empty((batch, weights.shape[1]), weights.dtype)
        self.gradient = numpy.empty_like(weights)
        self.rows = numpy.arange(batch)
        self.reset()

    def reset(self):
        self.weights = self.initial_weights.copy()
        self.biases = self.initial_biases.copy()

    def prepare(self, split):
        return split

    def epoch(self, train, order, flips, eta, lambda_):
        all_x, all_y = train
        weights, biases, batch = self.weights, self.biases, len(self.rows)
        decay = 1 - 2 * eta * lambda_
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            n = len(chosen)
            # mode="clip" lets NumPy write to `out` without a copy in between.
            x = numpy.take(all_x, chosen, axis=0, out=self.x[:n], mode="clip")
            if flips is not None:
                # Standardised images are mirrored, which is a little less work than standardising mirrored ones; the
                # statistics of a pixel and of its mirror image are nearly the same.
                mirrored = flips[start : start + batch]
                x[mirrored] = x[mirrored].reshape(-1, 3, 32, 32)[..., ::-1].reshape(-1, 3072)
            g = x @ weights.T
            g += biases
            g -= g.max(axis=1, keepdims=True)
            numpy.exp(g, out=g)
            g /= g.sum(axis=1, keepdims=True)
            g[self.rows[:n], all_y[chosen]] -= 1
            g *= eta / n
            weights *= decay
            weights -= numpy.matmul(g.T, x, out=self.gradient)
            biases -= g.sum(axis=0)

    def figures(self, split):
        """Mean loss, and accuracy."""
        x, y = split
        scores = x @ self.weights.T
        scores += self.biases
        highest = scores.max(axis=1)
        predicted = scores.argmax(axis=1)
        own = scores[numpy.arange(len(y)), y]
        scores -= highest[:, None]
        numpy.exp(scores, out=scores)
        losses = numpy.log(scores.sum(axis=1)) + highest - own
        return float(losses.mean()), float((predicted == y).mean())

    def squared_norm(self):
        return float(numpy.square(self.weights).sum())
