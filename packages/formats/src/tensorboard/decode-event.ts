// tensorflow.Event and the summaries in it (tensorflow/core/util/event.proto, framework/summary.proto). Graphs, sessions and
// what else there is are passed over.
import { MessageReader } from "../protobuf/message-reader.ts";
import { decodeHparams } from "./decode-hparams.ts";
import { decodeTensor, type Tensor } from "./decode-tensor.ts";
import type { TensorBoardEvent, TensorBoardValue } from "./event.ts";

const EVENT = { wallTime: 1, step: 2, summary: 5 } as const;
const SUMMARY = { value: 1 } as const;
const VALUE = { tag: 1, simpleValue: 2, image: 4, histogram: 5, tensor: 8, metadata: 9 } as const;
const METADATA = { pluginData: 1 } as const;
const PLUGIN_DATA = { name: 1, content: 2 } as const;
const IMAGE = { height: 1, width: 2, bytes: 4 } as const;
const HISTOGRAM = { min: 1, limits: 6, counts: 7 } as const;

/** Which plugin shows a tag: only the first value of a tag says so. */
export type PluginNames = Map<string, string>;

const utf8 = new TextDecoder();

/** Throws `RangeError` where the bytes are no event. */
export function decodeEvent(data: Uint8Array, plugins: PluginNames): TensorBoardEvent {
  const message = new MessageReader(data);
  let wallTime = 0;
  let step = 0;
  const values: TensorBoardValue[] = [];
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === EVENT.wallTime) wallTime = message.double();
    else if (field === EVENT.step) step = message.int();
    else if (field === EVENT.summary) decodeSummary(message.message(), plugins, values);
    else message.skip();
  }
  return { wallTime, step, values };
}

function decodeSummary(message: MessageReader, plugins: PluginNames, values: TensorBoardValue[]): void {
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field !== SUMMARY.value) {
      message.skip();
      continue;
    }
    const value = decodeValue(message.message(), plugins);
    if (value !== undefined) values.push(value);
  }
}

/** `undefined` for what no tab has a place for. */
function decodeValue(message: MessageReader, plugins: PluginNames): TensorBoardValue | undefined {
  let tag = "";
  let found: TensorBoardValue | undefined;
  let tensor: Tensor | undefined;
  let plugin: Plugin = { name: "", content: undefined };
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === VALUE.tag) tag = message.string();
    else if (field === VALUE.simpleValue) found = { kind: "scalar", tag: "", value: message.float() };
    else if (field === VALUE.image) found = decodeImage(message.message());
    else if (field === VALUE.histogram) found = decodeHistogram(message.message());
    else if (field === VALUE.tensor) tensor = decodeTensor(message.message());
    else if (field === VALUE.metadata) plugin = decodeMetadata(message.message());
    else message.skip();
  }
  if (plugin.name !== "") plugins.set(tag, plugin.name);
  if (plugin.name === "hparams") return plugin.content && decodeHparams(plugin.content);
  if (tensor !== undefined) found = ofTensor(tensor, plugins.get(tag) ?? "");
  return found === undefined || found.kind === "hparams" ? found : { ...found, tag };
}

interface Plugin {
  readonly name: string;
  readonly content: Uint8Array | undefined;
}

function decodeMetadata(message: MessageReader): Plugin {
  let name = "";
  let content: Uint8Array | undefined;
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field !== METADATA.pluginData) {
      message.skip();
      continue;
    }
    const data = message.message();
    for (let inner = data.next(); inner !== 0; inner = data.next()) {
      if (inner === PLUGIN_DATA.name) name = data.string();
      else if (inner === PLUGIN_DATA.content) content = data.lengthDelimited();
      else data.skip();
    }
  }
  return { name, content };
}

function decodeImage(message: MessageReader): TensorBoardValue {
  let [width, height] = [0, 0];
  let bytes: Uint8Array = new Uint8Array(0);
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === IMAGE.height) height = message.int();
    else if (field === IMAGE.width) width = message.int();
    else if (field === IMAGE.bytes) bytes = message.lengthDelimited().slice();
    else message.skip();
  }
  return { kind: "image", tag: "", width, height, bytes };
}

/** A bucket ends at its limit; the first begins at the least value, or at its limit where that is below. */
function decodeHistogram(message: MessageReader): TensorBoardValue {
  let least = 0;
  const limits: number[] = [];
  const counts: number[] = [];
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === HISTOGRAM.min) least = message.double();
    else if (field === HISTOGRAM.limits) limits.push(...message.numbers("double"));
    else if (field === HISTOGRAM.counts) counts.push(...message.numbers("double"));
    else message.skip();
  }
  return { kind: "histogram", tag: "", edges: [Math.min(least, limits[0] ?? least), ...limits], counts };
}

/** What TensorFlow 2 writes: every kind as a tensor, told apart by the plugin that shows it. */
function ofTensor(tensor: Tensor, plugin: string): TensorBoardValue | undefined {
  const { numbers, strings } = tensor;
  if (plugin === "text") {
    return { kind: "text", tag: "", text: strings.map((bytes) => utf8.decode(bytes)).join("\n") };
  }
  if (plugin === "images") return imageOf(strings);
  if (plugin === "histograms") return histogramOf(numbers);
  const [only] = numbers;
  const isScalar = numbers.length === 1 && (plugin === "scalars" || plugin === "");
  return isScalar && only !== undefined ? { kind: "scalar", tag: "", value: only } : undefined;
}

/** Width, height, then the pictures. */
function imageOf([width, height, bytes]: readonly Uint8Array[]): TensorBoardValue | undefined {
  if (width === undefined || height === undefined || bytes === undefined) return undefined;
  return {
    kind: "image",
    tag: "",
    width: Number(utf8.decode(width)),
    height: Number(utf8.decode(height)),
    bytes,
  };
}

/** Rows of left edge, right edge and count. */
function histogramOf(numbers: readonly number[]): TensorBoardValue {
  const rows = Array.from({ length: Math.floor(numbers.length / 3) }, (_, row) =>
    numbers.slice(3 * row, 3 * row + 3),
  );
  return {
    kind: "histogram",
    tag: "",
    edges: [...rows.slice(0, 1).map(([left = 0]) => left), ...rows.map(([, right = 0]) => right)],
    counts: rows.map(([, , count = 0]) => count),
  };
}
