// A trained classifier as an ONNX model, in the wire format of onnx.proto (https://github.com/onnx/onnx). It takes images as
// bytes, or features: standardising is the graph's first step.
import type { Classifier } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { MessageWriter } from "../protobuf/message-writer.ts";

/** Numbers of onnx.proto: TensorProto.DataType and AttributeProto.AttributeType. */
const DataType = { float: 1, uint8: 2, int64: 7, double: 11 } as const;
const AttributeType = { int: 2 } as const;

/** The oldest that readers have to know: of 2020, where Softmax means one axis (operator set 13). */
const IR_VERSION = 7;
const OPERATOR_SET = 13;

const BATCH = "batch";

/** What the file says of the model besides. */
export type OnnxMetadata = Readonly<Record<string, string>>;

/**
 * The model's bytes. Its input `images` is uint8, `n x channels x height x width`, as a `Dataset` has them, or of a model that
 * takes features `features`, float64, `n x d`; its outputs are
 * `labels` (int64, `n`, the first of equals) and `probabilities` (float32, `n x K`). In between it computes in float64,
 * as `predict` does. The same model gives the same bytes; `classNames` stands in its metadata as JSON.
 *
 * @throws TrainscopeError `BAD_DATA` where the parameters are not all finite numbers
 */
export function encodeOnnx(model: Classifier, metadata: OnnxMetadata = {}): Uint8Array {
  requireFinite(model);
  const properties = { classNames: JSON.stringify(model.classNames), loss: model.loss, ...metadata };
  const file = new MessageWriter()
    .varint(1, IR_VERSION)
    .string(2, "trainscope")
    .message(7, graphOf(model))
    .message(8, new MessageWriter().string(1, "").varint(2, OPERATOR_SET));
  for (const [key, value] of Object.entries(properties)) {
    file.message(14, new MessageWriter().string(1, key).string(2, value));
  }
  return file.finish();
}

function graphOf({ parameters, statistics, classNames, shape, takes, loss }: Classifier): MessageWriter {
  const { weights, biases, inputs } = parameters;
  const classes = classNames.length;
  const graph = new MessageWriter();
  // Of a Reshape 0 keeps the length, and -1 takes the rest: each image becomes a row.
  const rowsOfImages = [
    node("Reshape", ["images", "rowShape"], "bytes"),
    node("Cast", ["bytes"], "pixels", { to: DataType.double }),
  ];
  const nodes = [
    ...(takes === "features" ? [] : rowsOfImages),
    node("Sub", [takes === "features" ? "features" : "pixels", "means"], "centred"),
    node("Div", ["centred", "deviations"], "standardised"),
    node("Gemm", ["standardised", "weights", "biases"], "scores", { transB: 1 }),
    loss === "bce" ? node("Sigmoid", ["scores"], "exact") : node("Softmax", ["scores"], "exact", { axis: 1 }),
    node("Cast", ["exact"], "probabilities", { to: DataType.float }),
    node("ArgMax", ["exact"], "labels", { axis: 1, keepdims: 0 }),
  ];
  for (const one of nodes) graph.message(1, one);
  graph.string(2, "classifier");
  const tensors = [
    ...(takes === "features" ? [] : [int64s("rowShape", [0, -1])]),
    doubles("means", [inputs], statistics.means),
    doubles("deviations", [inputs], statistics.deviations),
    doubles("weights", [classes, inputs], weights),
    doubles("biases", [classes], biases),
  ];
  for (const tensor of tensors) graph.message(5, tensor);
  const input =
    takes === "features"
      ? value("features", DataType.double, [BATCH, inputs])
      : value("images", DataType.uint8, [BATCH, shape.channels, shape.height, shape.width]);
  return graph
    .message(11, input)
    .message(12, value("labels", DataType.int64, [BATCH]))
    .message(12, value("probabilities", DataType.float, [BATCH, classes]));
}

/** NodeProto; its name is that of what it gives. */
function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, number>> = {},
): MessageWriter {
  const message = new MessageWriter();
  for (const input of inputs) message.string(1, input);
  message.string(2, output).string(3, output).string(4, operator);
  for (const [name, number] of Object.entries(attributes)) {
    message.message(5, new MessageWriter().string(1, name).int(3, number).varint(20, AttributeType.int));
  }
  return message;
}

/** TensorProto, its numbers as bytes: little-endian, as every machine's that Node.js runs on. */
function tensor(name: string, type: number, shape: readonly number[], data: ArrayBufferLike): MessageWriter {
  const message = new MessageWriter();
  for (const length of shape) message.varint(1, length);
  return message.varint(2, type).string(8, name).bytes(9, new Uint8Array(data));
}

function doubles(name: string, shape: readonly number[], values: ArrayLike<number>): MessageWriter {
  return tensor(name, DataType.double, shape, Float64Array.from(values).buffer);
}

function int64s(name: string, values: readonly number[]): MessageWriter {
  return tensor(name, DataType.int64, [values.length], BigInt64Array.from(values, BigInt).buffer);
}

/** ValueInfoProto. A length that is text stands for any. */
function value(name: string, type: number, shape: readonly (number | string)[]): MessageWriter {
  const lengths = new MessageWriter();
  for (const length of shape) {
    const dimension = new MessageWriter();
    lengths.message(1, typeof length === "string" ? dimension.string(2, length) : dimension.varint(1, length));
  }
  const typed = new MessageWriter().varint(1, type).message(2, lengths);
  return new MessageWriter().string(1, name).message(2, new MessageWriter().message(1, typed));
}

function requireFinite({ parameters: { weights, biases } }: Classifier): void {
  if (weights.every(Number.isFinite) && biases.every(Number.isFinite)) return;
  throw new TrainscopeError("BAD_DATA", "the model's weights and biases are not all finite numbers", {
    hint: "Its training diverged: export an earlier checkpoint.",
  });
}
