// TensorBoard's event files as a format among others.
import type { Entry, Field, Format, Reader } from "../format.ts";
import { counterOf } from "../meaning/words.ts";
import { remembered } from "../text/remembered.ts";
import type { TensorBoardEvent, TensorBoardValue } from "./event.ts";
import { EventFileReader } from "./event-file.ts";
import { recordLength } from "./records.ts";

export const TENSORBOARD: Format = {
  name: "tensorboard",
  title: "TensorBoard's event files: PyTorch's SummaryWriter, Lightning, Keras, TensorFlow 1 and 2",
  recognise(head, fileName = "") {
    if (recordLength(head) !== undefined) return 1;
    return /\.tfevents\./.test(fileName) ? 0.7 : 0;
  },
  create: () => new EventEntries(),
};

class EventEntries implements Reader {
  private entries: Entry[] = [];
  private readonly isCounter = remembered((tag): boolean => counterOf(tag) !== undefined);
  private readonly file = new EventFileReader({
    event: (event) => this.take(event),
    scalar: (tag, step, value, wallTime) => {
      // Lightning's tag `epoch` is no figure, and the step places what stands beside it.
      if (this.isCounter(tag)) return;
      this.entries.push({ kind: "scalar", tag, step, value, time: wallTime * 1000 });
    },
    damaged: (from, to, reason) =>
      this.entries.push({
        kind: "text",
        text: `bytes ${from} to ${to} are left out: ${reason}`,
        level: "warning",
      }),
  });

  push(bytes: Uint8Array): Entry[] {
    this.file.push(bytes);
    return this.taken();
  }

  end(): Entry[] {
    if (this.file.end())
      this.entries.push({ kind: "text", text: "the last record breaks off", level: "warning" });
    return this.taken();
  }

  private taken(): Entry[] {
    const { entries } = this;
    this.entries = [];
    return entries;
  }

  private take({ step, wallTime, values }: TensorBoardEvent): void {
    const fields: Field[] = [["step", step]];
    const others: Entry[] = [];
    for (const value of values) {
      if (value.kind !== "scalar") others.push(entryOf(value, step));
      else if (!this.isCounter(value.tag)) fields.push([value.tag, value.value]);
    }
    if (fields.length > 1) this.entries.push({ kind: "record", fields, time: wallTime * 1000 });
    for (const other of others) this.entries.push(other);
  }
}

function entryOf(value: Exclude<TensorBoardValue, { kind: "scalar" }>, step: number): Entry {
  switch (value.kind) {
    case "text":
      return { kind: "text", text: `${value.tag}: ${value.text}`, level: "info" };
    case "hparams":
      return { kind: "settings", values: value.values };
    default:
      return { ...value, step };
  }
}
