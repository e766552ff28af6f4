"""The report of the basic study: Markdown, one HTML file with the figures in it, and the numbers as CSV and JSON."""

import base64
import csv
import html
import json
import os

TAGS = [f"{split}/{name}" for split in ("train", "validation", "test") for name in ("loss", "cost", "accuracy")]


def write_pages(folder, check, runs, best, seen, files):
    def path(name):
        return os.path.join(folder, name)

    settings = [["λ", "η", *TAGS], *([run["lambda"], run["eta"], *map(run["figures"].get, TAGS)] for run in runs)]
    gradient = [list(check["rows"][0]), *(list(row.values()) for row in check["rows"])]
    verdict = "passed" if check["passed"] else "failed"
    sentences = [
        f"Gradient check: {verdict}.",
        f"Best on validation: λ = {runs[best]['lambda']}, η = {runs[best]['eta']}.",
    ]

    with open(path("report.md"), "w", encoding="utf8") as file:
        print("# Softmax regression on CIFAR-10\n", *sentences, sep="\n", file=file)
        for table in (gradient, settings):
            print("", markdown(table), sep="\n", file=file)
        for name, title in files:
            print(f"\n![{title}](figures/{name}.png)", file=file)

    with open(path("report.html"), "w", encoding="utf8") as file:
        print('<!doctype html><html lang="en"><meta charset="utf-8">', file=file)
        print("<title>Softmax regression on CIFAR-10</title>", file=file)
        print("<style>body { max-width: 60rem; margin: auto } img { max-width: 100% }</style>", file=file)
        print("<h1>Softmax regression on CIFAR-10</h1>", *(f"<p>{text}</p>" for text in sentences), sep="\n", file=file)
        for table in (gradient, settings):
            print(html_table(table), file=file)
        for name, title in files:
            with open(path(f"figures/{name}.png"), "rb") as picture:
                data = base64.b64encode(picture.read()).decode()
            print(f'<img alt="{html.escape(title)}" src="data:image/png;base64,{data}">', file=file)

    with open(path("settings.csv"), "w", encoding="utf8", newline="") as file:
        csv.writer(file).writerows(settings)
    with open(path("gradient-check.csv"), "w", encoding="utf8", newline="") as file:
        csv.writer(file).writerows(gradient)
    with open(path("results.json"), "w", encoding="utf8") as file:
        numbers = [{key: run[key] for key in ("lambda", "eta", "curves", "figures")} for run in runs]
        json.dump({"settings": numbers, "gradientCheck": check, "confusion": seen["confusion"].tolist()}, file)


def cell(value):
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def markdown(table):
    head, *rows = [f"| {' | '.join(map(cell, row))} |" for row in table]
    return "\n".join([head, "|" + " --- |" * len(table[0]), *rows])


def html_table(table):
    head, *rows = table
    lines = ["<tr>" + "".join(f"<th>{html.escape(cell(value))}" for value in head)]
    lines += ["<tr>" + "".join(f"<td>{html.escape(cell(value))}" for value in row) for row in rows]
    return "<table>\n" + "\n".join(lines) + "\n</table>"
