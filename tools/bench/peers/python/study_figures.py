"""The figures of the basic study in matplotlib, each as PNG and as SVG."""

import os

import matplotlib.pyplot as plt
import numpy

TRAIN, VALIDATION = "#0072B2", "#D55E00"
COLOURS = ("#D55E00", "#0072B2", "#009E73", "#AD5C8E")
DPI = 144


def write_figures(folder, check, runs, best, seen, names):
    """Gives (name, title) of each, in the order of the report."""
    os.makedirs(os.path.join(folder, "figures"))
    files = []

    def save(figure, name, title):
        figure.suptitle(title)
        figure.tight_layout()
        for form in ("png", "svg"):
            figure.savefig(os.path.join(folder, "figures", f"{name}.{form}"), dpi=DPI)
        plt.close(figure)
        files.append((name, title))

    save(gradient_check(check), "gradient-check", "Gradient check: analytic against centred differences")
    for number, run in enumerate(runs, 1):
        save(curves(run), f"setting-{number}-curves", f"Learning curves, {title_of(run)}")
    for number, run in enumerate(runs, 1):
        save(montage(run["weights"], names), f"setting-{number}-weights", f"Weight templates, {title_of(run)}")
    save(comparison(runs), "settings", "Validation accuracy of the four settings")
    suffix = f"on test, {title_of(runs[best])}"
    save(confusion_matrix(seen["confusion"], names), "confusion", f"Confusion matrix {suffix}")
    save(class_accuracy(seen["recall"], names), "class-accuracy", f"Accuracy of each class {suffix}")
    if seen["mistakes"]:
        save(worst_mistakes(seen["mistakes"]), "mistakes", f"Surest wrong answers {suffix}")
    return files


def title_of(run):
    return f"λ = {run['lambda']}, η = {run['eta']}"


def gradient_check(check):
    rows = check["rows"]
    figure, axis = plt.subplots(figsize=(9, 4.5))
    places = numpy.arange(len(rows))
    axis.scatter([row["maxAbsoluteDifference"] for row in rows], places, color=TRAIN)
    axis.axvline(check["tolerance"], color=VALIDATION, linestyle="--", label="Limit")
    axis.set_xscale("log")
    axis.set_xlabel("Largest absolute difference")
    axis.set_yticks(places, [f"{row['inputs']} inputs, {row['images']} images, λ = {row['lambda']}" for row in rows])
    axis.invert_yaxis()
    axis.grid(axis="x", alpha=0.4)
    axis.legend()
    return figure


def curves(run):
    figure, axes = plt.subplots(1, 3, figsize=(13, 4.2))
    for axis, name in zip(axes, ("loss", "cost", "accuracy")):
        for split, colour, style in (("train", TRAIN, "-"), ("validation", VALIDATION, "--")):
            values = numpy.array(run["curves"][f"{split}/{name}"])
            epochs = numpy.arange(1, len(values) + 1)
            axis.plot(epochs, 100 * values if name == "accuracy" else values, style, color=colour, label=split)
        axis.set_xlabel("Epoch")
        axis.set_ylabel("Accuracy (%)" if name == "accuracy" else name.capitalize())
        axis.grid(alpha=0.4)
    axes[0].legend()
    return figure


def montage(weights, names):
    figure, axes = plt.subplots(2, 5, figsize=(10, 4.8))
    for axis, template, name in zip(axes.flat, weights, names):
        least, greatest = template.min(), template.max()
        image = ((template - least) / (greatest - least)).reshape(3, 32, 32).transpose(1, 2, 0)
        axis.imshow(image.astype("f8"), interpolation="nearest")
        axis.set_title(name)
        axis.axis("off")
    return figure


def comparison(runs):
    figure, axis = plt.subplots(figsize=(8, 4.5))
    for run, colour in zip(runs, COLOURS):
        values = 100 * numpy.array(run["curves"]["validation/accuracy"])
        axis.plot(numpy.arange(1, len(values) + 1), values, color=colour, label=title_of(run))
    axis.set_xlabel("Epoch")
    axis.set_ylabel("Validation accuracy (%)")
    axis.grid(alpha=0.4)
    axis.legend()
    return figure


def confusion_matrix(confusion, names):
    figure, axis = plt.subplots(figsize=(8, 7))
    share = 100 * confusion / confusion.sum(axis=1, keepdims=True)
    picture = axis.imshow(share, cmap="GnBu", vmin=0)
    figure.colorbar(picture, label="Of the true class (%)")
    axis.set_xticks(range(len(names)), names, rotation=45, ha="right")
    axis.set_yticks(range(len(names)), names)
    axis.set_xlabel("Answer")
    axis.set_ylabel("True class")
    for (row, column), count in numpy.ndenumerate(confusion):
        colour = "white" if share[row, column] > 0.6 * share.max() else "black"
        axis.text(column, row, count, ha="center", va="center", color=colour, fontsize=9)
    return figure


def class_accuracy(recall, names):
    figure, axis = plt.subplots(figsize=(8, 4.5))
    order = numpy.argsort(recall)
    bars = axis.barh([names[i] for i in order], 100 * recall[order], color=TRAIN)
    axis.bar_label(bars, fmt="%.1f")
    axis.axvline(100 / len(names), color="0.4", linestyle="--", label="Chance")
    axis.set_xlabel("Test accuracy (%)")
    axis.legend()
    return figure


def worst_mistakes(mistakes):
    figure, axes = plt.subplots(4, 6, figsize=(11, 9))
    for axis in axes.flat:
        axis.axis("off")
    for axis, mistake in zip(axes.flat, mistakes):
        axis.imshow(mistake["image"], interpolation="nearest")
        axis.set_title(
            f"says {mistake['answer']}, {mistake['answerProbability']:.0%}\n"
            f"is {mistake['label']}, {mistake['labelProbability']:.0%}",
            fontsize=8,
        )
    return figure
