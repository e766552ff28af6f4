// The packages without the command: train in your own program and do what you like with the events.
// Run: npm run example
import { type TrainingEvent, train } from "@trainscope/core";
import { createSample } from "@trainscope/data-cifar";
import { filter, map, type Observable } from "rxjs";

/** One sentence an epoch. */
export function sentences(events: Observable<TrainingEvent>): Observable<string> {
  return events.pipe(
    filter((event) => event.type === "epoch:end"),
    map(({ epoch, metrics }) => {
      const percent = (100 * (metrics["validation/accuracy"] ?? 0)).toFixed(1);
      return `After epoch ${epoch}, ${percent} % of the validation images are classified correctly.`;
    }),
  );
}

if (import.meta.main) {
  const events = train({ dataset: createSample(), settings: { epochs: 5, learningRate: 0.002 } });
  sentences(events).subscribe((sentence) => console.log(sentence));
}
