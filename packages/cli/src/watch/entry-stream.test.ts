import { type Entry, formatNamed } from "@trainscope/formats";
import fc from "fast-check";
import { expect, it } from "vitest";
import { EntryStream } from "./entry-stream.ts";

/** What it has told in the end, and how often it began anew. */
function collect(format?: string) {
  let entries: Entry[] = [];
  const restarts: string[] = [];
  const stream = new EntryStream(
    format === undefined ? undefined : formatNamed(format),
    {},
    {
      entries: (more) => void entries.push(...more),
      restart(why) {
        restarts.push(why);
        entries = [];
      },
    },
  );
  return {
    stream,
    restarts,
    push: (text: string) => stream.push(new TextEncoder().encode(text)),
    /** Of each record. */
    fields: () =>
      entries.flatMap((entry) => (entry.kind === "record" ? [Object.fromEntries(entry.fields)] : [])),
    texts: () => entries.flatMap((entry) => (entry.kind === "text" ? [entry.text] : [])),
  };
}

it("tells a line as soon as it is whole", () => {
  const { push, fields } = collect();
  push('{"epoch": 1, "loss": 2}\n{"epoch"');
  expect(fields()).toEqual([{ epoch: 1, loss: 2 }]);
  push(': 2, "loss": 1}\n');
  expect(fields()).toHaveLength(2);
});

it("a header by itself is text, and with its rows a table", () => {
  const { push, fields, texts, restarts } = collect();
  push("epoch,loss\n");
  expect([fields(), texts()]).toEqual([[], ["epoch,loss"]]);
  push("1,2\n2,1\n");
  expect([fields(), texts(), restarts.length]).toEqual([
    [
      { epoch: 1, loss: 2 },
      { epoch: 2, loss: 1 },
    ],
    [],
    1,
  ]);
});

it("settings that are printed over several lines before the figures are no document", () => {
  const { stream, push, fields } = collect();
  push('{\n  "lr": 0.1,\n  "optimizer": "sgd"\n}\n');
  push("epoch 1: loss 0.5\nepoch 2: loss 0.25\n");
  stream.end();
  expect(fields().filter((one) => "loss" in one)).toMatchObject([
    { epoch: 1, loss: 0.5 },
    { epoch: 2, loss: 0.25 },
  ]);
});

it("a last line without its end, and a prompt that is waited after, are told", () => {
  const { stream, push, texts, fields } = collect();
  push("Loading");
  stream.settle();
  expect(texts()).toEqual([]);
  push(" done\nepoch 1 loss 0.5");
  stream.end();
  expect([texts(), fields()]).toEqual([["Loading done"], [{ epoch: 1, loss: 0.5 }]]);
});

it("insists on a format that was asked for", () => {
  const { push, fields } = collect("csv");
  push("epoch,loss\n");
  push("1,2\n");
  expect(fields()).toEqual([{ epoch: 1, loss: 2 }]);
});

it("what no format takes is refused with what it looks like", () => {
  const { stream } = collect();
  expect(() => stream.push(Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 10))).toThrow(
    "what is piped in is of no format that is read: it looks like a ZIP archive or a PyTorch checkpoint",
  );
});

it("comes to the same whatever the pieces", () => {
  const csv = `epoch,loss,val_loss\n${Array.from({ length: 40 }, (_, epoch) => `${epoch},${1 / (epoch + 1)},2\n`).join("")}`;
  const whole = collect();
  whole.push(csv);
  whole.stream.end();
  expect(whole.fields()).toHaveLength(40);
  fc.assert(
    fc.property(fc.array(fc.nat(csv.length), { maxLength: 30 }), fc.nat(30), (cuts, quiet) => {
      const places = [0, ...cuts.sort((one, other) => one - other), csv.length];
      const cut = collect();
      places.slice(1).forEach((to, index) => {
        cut.push(csv.slice(places[index], to));
        if (index === quiet) cut.stream.settle();
      });
      cut.stream.end();
      expect(cut.fields()).toEqual(whole.fields());
    }),
    { seed: 5, numRuns: 60 },
  );
});
