// Trains by plain train(), with an exporter whose promises reject, and prints what was told of it as lines of JSON. Run by
// late-exporters.test.ts.
import { type Exporter, train } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import { createTinyDataset } from "@trainscope/core/testing";
import { EMPTY } from "rxjs";

const rejecting: Exporter = {
  name: "rejecting",
  connect(events) {
    events.subscribe(async ({ type }: TrainingEvent) => {
      await null;
      if (type === "epoch:start" || type === "run:end") throw new Error(`not at ${type}`);
    });
    return EMPTY;
  },
};

train({ dataset: createTinyDataset(), settings: { epochs: 1 }, exporters: [rejecting] }).subscribe((event) => {
  if (event.type === "plugin:error" || event.type === "run:end") console.log(JSON.stringify(event));
});
