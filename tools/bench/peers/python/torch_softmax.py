"""Softmax regression in PyTorch: an nn.Linear, cross_entropy and optim.SGD, as its tutorials teach."""

import torch


class Model:
    def __init__(self, weights, biases, batch):
        self.initial_weights, self.initial_biases = torch.from_numpy(weights), torch.from_numpy(biases)
        self.batch = batch
        self.linear = torch.nn.Linear(weights.shape[1], weights.shape[0])
        # The gradient of lambda * sum(W^2) is 2 lambda W; PyTorch's weight decay has no 2. Biases have none of it.
        self.optimizer = torch.optim.SGD(
            [{"params": [self.linear.weight]}, {"params": [self.linear.bias]}],
            lr=0.1,
        )
        self.reset()

    def reset(self):
        with torch.no_grad():
            self.linear.weight.copy_(self.initial_weights)
            self.linear.bias.copy_(self.initial_biases)

    def prepare(self, split):
        return tuple(torch.from_numpy(array) for array in split)

    def epoch(self, train, order, flips, eta, lambda_):
        all_x, all_y = train
        for group in self.optimizer.param_groups:
            group["lr"] = eta
        self.optimizer.param_groups[0]["weight_decay"] = 2 * lambda_
        batches = torch.from_numpy(order).split(self.batch)
        mirrored = [None] * len(batches) if flips is None else torch.from_numpy(flips).split(self.batch)
        for chosen, mirror in zip(batches, mirrored):
            x = all_x[chosen]
            if mirror is not None:
                # Standardised images are mirrored: see numpy_softmax.py.
                x[mirror] = x[mirror].view(-1, 3, 32, 32).flip(3).view(-1, 3072)
            loss = torch.nn.functional.cross_entropy(self.linear(x), all_y[chosen])
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.optimizer.step()

    def figures(self, split):
        """Mean loss, and accuracy."""
        x, y = split
        with torch.no_grad():
            scores = self.linear(x)
            loss = torch.nn.functional.cross_entropy(scores, y).item()
            return loss, (scores.argmax(dim=1) == y).float().mean().item()

    def squared_norm(self):
        with torch.no_grad():
            return self.linear.weight.square().sum().item()
