// W&B's offline runs: records of wandb/proto/wandb_internal.proto, of which history, config and console output are read.
import type { Entry, Format, Reader } from "../format.ts";
import type { LooseObject, LooseValue } from "../json/loose-json.ts";
import { parseObjectAt } from "../json/loose-json.ts";
import { objectEntries } from "../json/object-entries.ts";
import { textEntry } from "../lines/text-entry.ts";
import { MessageReader } from "../protobuf/message-reader.ts";
import { isWandb, LogFrames } from "./log-frames.ts";

const RECORD = { history: 2, output: 4, config: 5, outputRaw: 13, run: 17 } as const;
const HISTORY = { item: 1, step: 2 } as const;
const STEP = { number: 1 } as const;
const ITEM = { key: 1, nestedKey: 2, valueJson: 16 } as const;
const CONFIG = { update: 1 } as const;
const RUN = { config: 4 } as const;
const OUTPUT = { line: 3 } as const;

export const WANDB: Format = {
  name: "wandb",
  title: "W&B's offline runs: run-ID.wandb",
  recognise: (head) => (isWandb(head) ? 1 : 0),
  create: () => new WandbReader(),
};

class WandbReader implements Reader {
  private entries: Entry[] = [];
  private readonly frames = new LogFrames({
    record: (data) => this.record(data),
    damaged: (from, to) => this.warn(`bytes ${from} to ${to} are left out: their checksum is wrong`),
  });

  push(bytes: Uint8Array): Entry[] {
    this.frames.push(bytes);
    return this.taken();
  }

  end(): Entry[] {
    return this.taken();
  }

  private taken(): Entry[] {
    const { entries } = this;
    this.entries = [];
    return entries;
  }

  private record(data: Uint8Array): void {
    try {
      this.entries.push(...recordEntries(new MessageReader(data)));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.warn(`a record can't be read: ${error.message}`);
    }
  }

  private warn(text: string): void {
    this.entries.push({ kind: "text", text, level: "warning" });
  }
}

function recordEntries(message: MessageReader): Entry[] {
  const entries: Entry[] = [];
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === RECORD.history) entries.push(...historyEntries(message.message()));
    else if (field === RECORD.config) entries.push(...configEntries(message.message()));
    else if (field === RECORD.run) entries.push(...runEntries(message.message()));
    else if (field === RECORD.output || field === RECORD.outputRaw)
      entries.push(...outputEntries(message.message()));
    else message.skip();
  }
  return entries;
}

function historyEntries(message: MessageReader): Entry[] {
  const items: [string, LooseValue][] = [];
  let step: number | undefined;
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === HISTORY.item) items.push(readItem(message.message()));
    else if (field === HISTORY.step) step = readStep(message.message());
    else message.skip();
  }
  return objectEntries({ ...(step === undefined ? {} : { _step: step }), ...Object.fromEntries(items) });
}

function readStep(message: MessageReader): number | undefined {
  let step: number | undefined = 0;
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === STEP.number) step = message.int();
    else message.skip();
  }
  return step;
}

/** A key, or the parts of one, and its value as JSON. */
function readItem(message: MessageReader): [string, LooseValue] {
  const keys: string[] = [];
  let json = "null";
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === ITEM.key || field === ITEM.nestedKey) keys.push(message.string());
    else if (field === ITEM.valueJson) json = message.string();
    else message.skip();
  }
  return [keys.filter((key) => key !== "").join("/"), parseValue(json)];
}

/** Python's JSON has NaN and Infinity, bare or as strings. */
function parseValue(json: string): LooseValue {
  return parseObjectAt(`{"value":${json}}`, 0)?.value.value ?? null;
}

function runEntries(message: MessageReader): Entry[] {
  const entries: Entry[] = [];
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === RUN.config) entries.push(...configEntries(message.message()));
    else message.skip();
  }
  return entries;
}

function configEntries(message: MessageReader): Entry[] {
  const values: Record<string, string | number | boolean | null> = {};
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field !== CONFIG.update) {
      message.skip();
      continue;
    }
    const [key, value] = readItem(message.message());
    // What W&B keeps there for itself.
    if (!key.startsWith("_wandb")) addSetting(values, key, value);
  }
  return Object.keys(values).length === 0 ? [] : [{ kind: "settings", values }];
}

function addSetting(
  values: Record<string, string | number | boolean | null>,
  key: string,
  value: LooseValue,
): void {
  if (typeof value !== "object" || value === null) values[key] = value;
  else if (!Array.isArray(value)) {
    const inner: LooseObject = value;
    for (const name of Object.keys(inner)) addSetting(values, `${key}/${name}`, inner[name] ?? null);
  }
}

function outputEntries(message: MessageReader): Entry[] {
  let line = "";
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === OUTPUT.line) line = message.string();
    else message.skip();
  }
  return line.trim() === "" ? [] : [textEntry(line)];
}
