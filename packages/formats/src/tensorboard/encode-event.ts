// tensorflow.Event, as TensorBoard reads it: scalars, histograms and pictures in the encoding that every version knows, text
// and hyperparameters in that of their plugins.
import { MessageWriter } from "../protobuf/message-writer.ts";
import type { Histogram, TensorBoardEvent, TensorBoardValue } from "./event.ts";

const STRING_TENSOR = 7;
/** Red, green and blue, as tensorflow.Summary.Image counts colour spaces. */
const RGB = 3;

/** The first event of each file. */
export function encodeFileVersion(wallTime: number): Uint8Array {
  return new MessageWriter().double(1, wallTime).string(3, "brain.Event:2").finish();
}

/** The event as tensorflow.Event. Throws `RangeError` where the step is no whole number. */
export function encodeEvent({ wallTime, step, values }: TensorBoardEvent): Uint8Array {
  if (!Number.isSafeInteger(step)) throw new RangeError(`the step is ${step}; expected a whole number`);
  const summary = new MessageWriter();
  for (const value of values) summary.message(1, encodeValue(value));
  return new MessageWriter().double(1, wallTime).int(2, step).message(5, summary).finish();
}

function encodeValue(value: TensorBoardValue): MessageWriter {
  const message = new MessageWriter();
  switch (value.kind) {
    case "scalar":
      return message.string(1, value.tag).float(2, value.value);
    case "image": {
      const image = new MessageWriter().varint(1, value.height).varint(2, value.width).varint(3, RGB);
      return message.string(1, value.tag).message(4, image.bytes(4, value.bytes));
    }
    case "histogram":
      return message.string(1, value.tag).message(5, encodeHistogram(value));
    case "text": {
      const tensor = new MessageWriter().varint(1, STRING_TENSOR).string(8, value.text);
      return message.string(1, value.tag).message(8, tensor).message(9, metadata("text"));
    }
    case "hparams": {
      const content = new MessageWriter().message(3, encodeSession(value.values)).finish();
      return message.string(1, "_hparams_/session_start_info").message(9, metadata("hparams", content));
    }
  }
}

/** The sum of the values and of their squares isn't known of a histogram: the middles of the bins stand for them. */
function encodeHistogram({ edges, counts }: Histogram): MessageWriter {
  const middles = counts.map((_, bin) => ((edges[bin] ?? 0) + (edges[bin + 1] ?? 0)) / 2);
  const sumOf = (power: number): number =>
    counts.reduce((sum, count, bin) => sum + count * (middles[bin] ?? 0) ** power, 0);
  return new MessageWriter()
    .double(1, edges[0] ?? 0)
    .double(2, edges.at(-1) ?? 0)
    .double(3, sumOf(0))
    .double(4, sumOf(1))
    .double(5, sumOf(2))
    .doubles(6, edges.slice(1))
    .doubles(7, counts);
}

function metadata(plugin: string, content?: Uint8Array): MessageWriter {
  const data = new MessageWriter().string(1, plugin);
  return new MessageWriter().message(1, content === undefined ? data : data.bytes(2, content));
}

function encodeSession(values: Readonly<Record<string, string | number | boolean | null>>): MessageWriter {
  const session = new MessageWriter();
  for (const [key, value] of Object.entries(values)) {
    session.message(1, new MessageWriter().string(1, key).message(2, encodeHparam(value)));
  }
  return session;
}

/** google.protobuf.Value. */
function encodeHparam(value: string | number | boolean | null): MessageWriter {
  const message = new MessageWriter();
  if (value === null) return message.varint(1, 0);
  if (typeof value === "number") return message.double(2, value);
  return typeof value === "string" ? message.string(3, value) : message.varint(4, value ? 1 : 0);
}
