import { firstValueFrom, toArray } from "rxjs";
import { describe, expect, it } from "vitest";
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { TrainingEvent } from "../events.ts";
import { describeExporter, runWithExporter } from "../testing/exporter-contract.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { train } from "../training/train.ts";
import type { Exporter, HookExporter } from "./exporter.ts";
import { defineExporter } from "./plugin.ts";

/** A line an epoch, and a file at the end. */
const diary: HookExporter = {
  name: "diary",
  async onEpoch({ epoch }, run) {
    await run.append("diary.txt", `epoch ${epoch}\n`);
  },
  async onEnd({ reason }, run) {
    return [{ kind: "diary", title: "Diary", path: await run.append("diary.txt", `${reason}\n`) }];
  },
};

describeExporter(() => diary);

const errorsOf = (events: readonly TrainingEvent[]) =>
  events.flatMap((event) => (event.type === "plugin:error" ? [event] : []));

describe("an exporter of hooks", () => {
  it("is called for each epoch and the end, in order, and its files are told within the run", async () => {
    const { events, written } = await runWithExporter(diary);
    expect(written.get("diary.txt")).toBe("epoch 1\nepoch 2\nepoch 3\ncompleted\n");
    expect(events.slice(-2)).toMatchObject([
      { type: "artifact", plugin: "diary", title: "Diary", path: "memory/diary.txt" },
      { type: "run:end" },
    ]);
  });

  it("onEnd waits for what the hooks before have promised", async () => {
    const order: string[] = [];
    await runWithExporter({
      name: "slow",
      async onEpoch({ epoch }) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        order.push(`epoch ${epoch}`);
      },
      onEnd() {
        order.push("end");
      },
    });
    expect(order).toEqual(["epoch 1", "epoch 2", "epoch 3", "end"]);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no"))],
  ])("one whose onEpoch %s is named, and disabled after three", async (_, onEpoch) => {
    const { events } = await runWithExporter({ name: "frail", onEpoch, onEnd: () => expect.unreachable() });
    expect(errorsOf(events)).toMatchObject([
      { hook: "onEpoch", message: "no", failures: 1, disabled: false },
      { failures: 2 },
      { failures: 3, disabled: true },
    ]);
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed" });
  });

  it("limits may allow more failures, or fewer", async () => {
    const onEpoch = (): never => {
      throw new Error("no");
    };
    const events = await firstValueFrom(
      train({
        dataset: createTinyDataset(),
        settings: { epochs: 3 },
        exporters: [{ name: "frail", onEpoch }],
        limits: { failures: 1 },
      }).pipe(toArray()),
    );
    expect(errorsOf(events)).toMatchObject([{ failures: 1, disabled: true }]);
  });

  it("what is no artifact is refused by what it is", async () => {
    const { events } = await runWithExporter({ name: "frail", onEnd: () => "diary.txt" as never });
    expect(errorsOf(events)[0]?.message).toContain("expected an artifact, with kind as text");
  });

  it("sees what the validation split is answered after every epoch, where it asks for that", async () => {
    const seen: string[] = [];
    await runWithExporter({
      name: "curious",
      examine: true,
      onEpoch: ({ epoch }) => void seen.push(`epoch ${epoch}`),
      onExamination: ({ epoch, confusion }) => void seen.push(`${epoch}: ${confusion.length} classes`),
    });
    expect(seen.filter((line) => !line.includes(":"))).toEqual(["epoch 1", "epoch 2", "epoch 3"]);
    expect(seen.map((line) => line.replace(/: \d+ classes$/, " examined"))).toEqual([
      "epoch 1",
      "1 examined",
      "epoch 2",
      "2 examined",
      "epoch 3",
      "3 examined",
    ]);
  });

  it("begins its files again in a run that is continued, and is not blamed for parameters that are gone", async () => {
    const files = new Map<string, unknown>();
    const weights: number[] = [];
    const exporter: Exporter = {
      ...diary,
      onEpoch(event, run) {
        void run.append("diary.txt", `epoch ${event.epoch}\n`);
        weights.push(run.parameters().weights.length);
      },
    };
    const checkpoints: Checkpoint[] = [];
    const options = {
      dataset: createTinyDataset(),
      settings: { epochs: 4 },
      exporters: [exporter],
      runId: "once",
      async write(name: string, content: unknown) {
        files.set(name, content);
        return name;
      },
      async append(name: string, text: string) {
        files.set(name, `${files.get(name)}${text}`);
        return name;
      },
    };
    const first = await firstValueFrom(
      train({
        ...options,
        checkpointEvery: 2,
        async saveCheckpoint(checkpoint) {
          checkpoints.push(checkpoint);
          return "a";
        },
      }).pipe(toArray()),
    );
    const whole = files.get("diary.txt");
    const checkpoint = checkpoints.find(({ epoch }) => epoch === 2);
    if (checkpoint === undefined) throw new Error("there is no checkpoint");
    files.clear();
    weights.length = 0;
    const { settings: _, runId: __, ...rest } = options;
    const second = await firstValueFrom(
      train({ ...rest, resume: { checkpoint, events: first } }).pipe(toArray()),
    );
    expect(errorsOf(second)).toEqual([]);
    expect(files.get("diary.txt")).toBe(whole);
    expect(weights).toHaveLength(2);
  });
});

describe("defineExporter", () => {
  const onEnd = (): void => {};

  it.each([
    [{}, "it has none of connect, onEpoch, onExamination, onEnd; expected one of them"],
    [{ onEnd, onEpochs: onEnd }, 'unknown field "onEpochs"'],
    [{ onEnd, connect: onEnd }, "it has connect and onEnd; expected connect, or hooks alone"],
    [{ onEnd: 5 }, "onEnd is number; expected function, or nothing"],
    [{ onEnd, critical: "yes" }, "critical is string; expected boolean, or nothing"],
    [{ onExamination: onEnd }, "it has onExamination, and examine isn't true: nothing would be examined"],
  ])("refuses %j", (fields, message) => {
    expect(() => defineExporter({ name: "own", ...fields } as never)).toThrow(`exporter "own": ${message}`);
  });

  it("takes an instance of a class, with fields of its own", () => {
    class Own {
      readonly name = "own";
      lines = 0;
      onEnd(): void {}
    }
    expect(() => defineExporter(new Own())).not.toThrow();
  });
});
