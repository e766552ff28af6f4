import { predict, train } from "@trainscope/core";
import { decodeSafetensors } from "@trainscope/core/safetensors";
import { createTinyDataset, describeExporter, runWithExporter } from "@trainscope/core/testing";
import { lastValueFrom } from "rxjs";
import { expect, it } from "vitest";
import { encodeModel } from "./encode-model.ts";
import { npzExporter, onnxExporter, safetensorsExporter } from "./model.ts";

describeExporter(onnxExporter);

it("writes the model that the run ended with: as the file has it, it answers as the run does", async () => {
  const { events, written } = await runWithExporter(safetensorsExporter());
  const { tensors, metadata } = decodeSafetensors(written.get("model.safetensors") as Uint8Array);
  const { weights, biases, means, deviations } = tensors;
  const { validation, classNames, shape } = createTinyDataset();
  const { probabilities, labels } = predict(
    {
      classNames,
      shape,
      loss: "softmax",
      parameters: {
        classes: classNames.length,
        inputs: means?.data.length ?? 0,
        weights: weights?.data ?? expect.fail(),
        biases: biases?.data ?? expect.fail(),
      },
      statistics: {
        means: Float64Array.from(means?.data ?? []),
        deviations: Float64Array.from(deviations?.data ?? []),
      },
    },
    validation.images,
  );
  const end = events.at(-1);
  const accuracy = labels.filter((label, row) => label === validation.labels[row]).length / labels.length;
  const losses = Array.from(labels, (_, row) => {
    const truth = row * classNames.length + (validation.labels[row] ?? 0);
    return -Math.log(probabilities[truth] ?? 0);
  });
  const loss = losses.reduce((sum, one) => sum + one, 0) / losses.length;
  const told = end?.type === "run:end" ? end.metrics : {};
  expect(accuracy).toBeCloseTo(told["validation/accuracy"] ?? Number.NaN, 10);
  expect(loss).toBeCloseTo(told["validation/loss"] ?? Number.NaN, 5);
  expect(metadata).toMatchObject({ epoch: "3", loss: "softmax" });
  expect(metadata).not.toHaveProperty("batch");
});

it.each([onnxExporter, safetensorsExporter])(
  "of a run that was stopped within an epoch it says after which, %o",
  async (create) => {
    const written: string[] = [];
    const events = train({
      dataset: createTinyDataset(),
      settings: { epochs: 3, batchSize: 10 },
      exporters: [create()],
      script: [{ epoch: 2, batch: 2, control: { action: "stop" } }],
      async write(name, content) {
        written.push(Buffer.from(content as Uint8Array).toString("latin1"));
        return name;
      },
    });
    const end = await lastValueFrom(events);
    expect(end).toMatchObject({ type: "run:end", reason: "stopped", epochs: 1, keptEpoch: null });
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/afterEpoch[^a-zA-Z]+1/);
    expect(written[0]).not.toMatch(/(?<![a-zA-Z])epoch/);
  },
);

it("writes one file, named after its format; a checkpoint that doesn't say what its parameters mean is no ONNX model", async () => {
  const { written, events } = await runWithExporter(onnxExporter());
  const npz = await runWithExporter(npzExporter());
  expect([...written.keys(), ...npz.written.keys()]).toEqual(["model.onnx", "model.npz"]);
  expect(events.filter(({ type }) => type === "artifact")).toMatchObject([
    { plugin: "onnx", kind: "model", title: "The model as ONNX", path: "memory/model.onnx" },
  ]);
  const parameters = { classes: 1, inputs: 1, weights: Float64Array.of(1), biases: Float64Array.of(0) };
  const earlier = { runId: "run", epoch: 2, parameters, settings: { loss: "softmax" } } as const;
  expect(() => encodeModel(earlier, "onnx")).toThrow("doesn't hold what its parameters mean");
});

it("of a checkpoint within an epoch it says after which batch", () => {
  const model = {
    classNames: ["a"],
    shape: { channels: 1, height: 1, width: 1 },
    statistics: { means: Float64Array.of(0), deviations: Float64Array.of(1) },
  };
  const parameters = { classes: 1, inputs: 1, weights: Float64Array.of(1), biases: Float64Array.of(0) };
  const source = { runId: "run", epoch: 3, parameters, model, settings: { loss: "softmax" } } as const;
  const text = (batch?: number): string =>
    Buffer.from(encodeModel({ ...source, ...(batch !== undefined && { batch }) }, "onnx")).toString("latin1");
  // A StringStringEntryProto: its key, and as field 2 its value of two bytes.
  expect(text(34)).toContain("batch\x12\x0234");
  expect(text()).not.toContain("batch\x12");
});
