// Trains in the page, on the built-in sample, and shows what it learns while it does.
import { type Exporter, train } from "@trainscope/core";
import type { AlertEvent } from "@trainscope/core/events";
import { appendValues, createHistory } from "@trainscope/core/history";
import { createSample } from "@trainscope/data-cifar/browser";
import { combinedCurvesSpecification, montageSpecification } from "@trainscope/viz/specifications";
import { filter, ignoreElements, tap } from "rxjs";
import { LiveChart } from "./live-chart.ts";

const curves = new LiveChart(element("curves"));
const templates = new LiveChart(element("templates"));
const again = element("again") as HTMLButtonElement;

/** Parameters stand still while an epoch's end is being delivered: an exporter reads them then. */
const templatesExporter: Exporter = {
  name: "templates",
  connect: (events, { parameters, shape, classNames }) =>
    events.pipe(
      filter(({ type }) => type === "epoch:end"),
      tap(() => {
        const title = "What the weights look for";
        templates.show(montageSpecification({ images: parameters().weights, shape, names: classNames, title }));
      }),
      ignoreElements(),
    ),
};

async function trainAndShow(seed: number): Promise<void> {
  again.disabled = true;
  element("alerts").replaceChildren();
  const dataset = createSample();
  const history = createHistory();
  let engine = "";
  const settings = { epochs: 30, learningRate: 0.002, seed };
  for await (const event of train({ dataset, settings, exporters: [templatesExporter] })) {
    if (event.type === "run:start" && event.environment !== undefined) {
      const { engine: name, threads } = event.environment;
      engine = `${name} engine, ${threads} ${threads === 1 ? "thread" : "threads"}`;
    } else if (event.type === "epoch:end") {
      appendValues(history, event);
      say(
        `Epoch ${event.epoch} of ${event.epochs} (${engine}): ${percent(event.metrics["validation/accuracy"])}`,
      );
      curves.show(
        combinedCurvesSpecification(history, { dataName: dataset.name, classes: dataset.classNames.length }),
      );
    } else if (event.type === "alert") {
      addAlert(event);
    } else if (event.type === "run:end") {
      await Promise.all([curves.drawn(), templates.drawn()]);
      say(`Done (${engine}): ${percent(event.metrics["test/accuracy"])} of images never seen before`);
    }
  }
  again.disabled = false;
}

function percent(accuracy: number | null | undefined): string {
  return `${(100 * (accuracy ?? 0)).toFixed(1)} % right`;
}

function say(text: string): void {
  element("status").textContent = text;
}

function addAlert({ message }: AlertEvent): void {
  const item = document.createElement("li");
  item.textContent = message;
  element("alerts").append(item);
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no element with the id ${id}`);
  return found;
}

let seed = 1;
again.addEventListener("click", () => void trainAndShow(++seed));
await trainAndShow(seed);
