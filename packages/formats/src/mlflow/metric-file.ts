// A metric of MLflow's file store: a file named by the metric, a line a value: time in ms, value, step.
// https://mlflow.org/docs/latest/ml/tracking/backend-stores/
import type { Entry, Format, Reader } from "../format.ts";
import { TerminalLines } from "../lines/terminal-lines.ts";
import { parseNumber } from "../text/numbers.ts";
import { textHead } from "../text-head.ts";

const LINE = /^(\d{9,16})\s+(\S+)(?:\s+(-?\d+))?(?:\s.*)?$/;

export const mlflow: Format = {
  name: "mlflow",
  title: "MLflow's file store: a metric's file, or a run's folder",
  recognise(head, fileName) {
    const lines = textHead(head)?.trimEnd().split(/\r?\n/).slice(0, 20) ?? [];
    const whole = lines.filter(
      (line) => LINE.test(line) && parseNumber(LINE.exec(line)?.[2] ?? "") !== undefined,
    );
    if (whole.length === 0 || whole.length < lines.length) return 0;
    return fileName === undefined ? 0.6 : 0.95;
  },
  hasLines: true,
  create: ({ fileName = "value" } = {}) => new MetricReader(fileName),
};

class MetricReader implements Reader {
  private readonly name: string;
  private entries: Entry[] = [];
  private readonly lines = new TerminalLines({
    line: (text) => this.take(text),
    state: (text) => this.take(text),
  });

  constructor(name: string) {
    this.name = name;
  }

  push(bytes: Uint8Array): Entry[] {
    this.lines.push(bytes);
    return this.taken();
  }

  end(): Entry[] {
    this.lines.end();
    return this.taken();
  }

  private taken(): Entry[] {
    const { entries } = this;
    this.entries = [];
    return entries;
  }

  private take(line: string): void {
    if (line.trim() === "") return;
    const [, time, text = "", step] = LINE.exec(line.trim()) ?? [];
    const value = parseNumber(text);
    if (time === undefined || value === undefined) {
      this.entries.push({ kind: "text", text: line.trim().slice(0, 400), level: "warning" });
      return;
    }
    const at = step === undefined ? [] : [["step", Number(step)] as const];
    this.entries.push({ kind: "record", fields: [...at, [this.name, value]], time: Number(time) });
  }
}
