// Small logs in the binary formats, written here byte by byte from the formats' descriptions.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { crc32 } from "node:zlib";
import { joined } from "../bytes/joined.ts";
import { MessageWriter } from "../protobuf/message-writer.ts";
import { eventRecord, fileHeader } from "../tensorboard/event-file.ts";
import { frameRecord } from "../tensorboard/records.ts";
import type { LogSample } from "./format-contract.ts";

export function binarySamples(): readonly LogSample[] {
  return [
    { fileName: "events.out.tfevents.1700000000.host", bytes: eventFile() },
    { fileName: "events.out.tfevents.1700000001.host.v2", bytes: tensorEventFile() },
    { fileName: "run-abc123.wandb", bytes: wandbFile() },
    { fileName: "project.db", bytes: trackioFile() },
  ];
}

/** As PyTorch's SummaryWriter leaves it. */
function eventFile(): Uint8Array {
  const wallTime = 1_700_000_000;
  const scalars = (step: number, values: Record<string, number>): Uint8Array =>
    eventRecord({
      wallTime: wallTime + step,
      step,
      values: Object.entries(values).map(([tag, value]) => ({ kind: "scalar", tag, value })),
    });
  return joined([
    fileHeader(wallTime),
    eventRecord({ wallTime, step: 0, values: [{ kind: "hparams", values: { lr: 0.5, optimizer: "sgd" } }] }),
    scalars(10, { "Loss/train": 1.5, epoch: 0 }),
    scalars(10, { "Loss/val": 1.75 }),
    scalars(20, { "Loss/train": 0.75, epoch: 1 }),
    scalars(20, { "Loss/val": 1.25, "Accuracy/val": 0.5 }),
    eventRecord({ wallTime, step: 20, values: [{ kind: "text", tag: "note", text: "half way" }] }),
    eventRecord({
      wallTime,
      step: 20,
      values: [{ kind: "histogram", tag: "weights", edges: [-1, 0, 1], counts: [3, 4] }],
    }),
    scalars(30, { "Loss/train": Number.NaN }),
  ]);
}

/** As TensorFlow 2 writes scalars: tensors, with their plugin named only once. */
function tensorEventFile(): Uint8Array {
  const plugin = new MessageWriter().message(1, new MessageWriter().string(1, "scalars"));
  const scalar = (tag: string, step: number, value: number, isFirst: boolean): Uint8Array => {
    const content = new Uint8Array(Float32Array.of(value).buffer);
    const tensor = new MessageWriter().varint(1, 1).message(2, new MessageWriter()).bytes(4, content);
    const own = new MessageWriter().string(1, tag).message(8, tensor);
    const summary = new MessageWriter().message(1, isFirst ? own.message(9, plugin) : own);
    return frameRecord(new MessageWriter().double(1, 1_700_000_001).int(2, step).message(5, summary).finish());
  };
  return joined([
    fileHeader(1_700_000_001),
    ...[0, 1, 2].map((step) => scalar("epoch_loss", step, 2 ** -step, step === 0)),
    ...[0, 1, 2].map((step) => scalar("epoch_accuracy", step, 1 - 2 ** -(step + 1), step === 0)),
  ]);
}

const BLOCK = 32_768;

/** Records in LevelDB's framing, a long one across two blocks. */
function wandbFile(): Uint8Array {
  const item = (key: string, json: string): MessageWriter =>
    new MessageWriter().string(1, key).string(16, json);
  const history = (step: number, values: Record<string, string>): Uint8Array => {
    const message = new MessageWriter();
    for (const [key, json] of Object.entries(values)) message.message(1, item(key, json));
    return new MessageWriter()
      .int(1, step + 1)
      .message(2, message.message(2, new MessageWriter().int(1, step)))
      .finish();
  };
  const config = new MessageWriter().message(1, item("batch_size", "32"));
  const output = new MessageWriter().string(3, "x".repeat(BLOCK));
  const records = [
    new MessageWriter().message(17, new MessageWriter().message(4, config)).finish(),
    history(0, { "train/loss": "2.5", "train/global_step": "10", _timestamp: "1700000000.5" }),
    new MessageWriter().message(13, output).finish(),
    history(1, { "train/loss": "1.25", "train/global_step": "20", "eval/loss": "NaN" }),
    history(2, { "train/loss": "0.5", "train/global_step": "30", "eval/loss": "1.5" }),
  ];
  let file = Uint8Array.of(0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0);
  for (const record of records) file = appended(file, record);
  return file;
}

function appended(file: Uint8Array<ArrayBuffer>, record: Uint8Array): Uint8Array<ArrayBuffer> {
  let whole = file;
  for (let at = 0, isFirst = true; isFirst || at < record.length; isFirst = false) {
    let room = BLOCK - (whole.length % BLOCK);
    if (room < 7) {
      whole = joined([whole, new Uint8Array(room)]);
      room = BLOCK;
    }
    const data = record.subarray(at, at + room - 7);
    at += data.length;
    const isLast = at >= record.length;
    const type = isFirst ? (isLast ? 1 : 2) : isLast ? 4 : 3;
    const header = new DataView(new ArrayBuffer(7));
    header.setUint32(0, crc32(joined([Uint8Array.of(type), data])), true);
    header.setUint16(4, data.length, true);
    header.setUint8(6, type);
    whole = joined([whole, new Uint8Array(header.buffer), data]);
  }
  return whole;
}

/** Two runs, the second of which was logged to last. */
function trackioFile(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "trackio-"));
  try {
    const path = join(folder, "project.db");
    const database = new DatabaseSync(path);
    database.exec(`CREATE TABLE metrics (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp TEXT NOT NULL,
      run_name TEXT NOT NULL, step INTEGER NOT NULL, metrics TEXT NOT NULL)`);
    const insert = database.prepare(
      "INSERT INTO metrics (timestamp, run_name, step, metrics) VALUES (?, ?, ?, ?)",
    );
    const rows: [string, number, string][] = [
      ["calm-sea-0", 0, '{"train_loss": 9.0}'],
      ["dry-hill-1", 0, '{"train_loss": 2.0, "val_loss": 2.25}'],
      ["dry-hill-1", 1, '{"train_loss": 1.0, "val_loss": "Infinity"}'],
      ["dry-hill-1", 2, '{"train_loss": 0.5, "val_loss": 0.75}'],
    ];
    for (const [run, step, metrics] of rows) insert.run("2025-10-01T10:00:00", run, step, metrics);
    database.close();
    return new Uint8Array(readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
