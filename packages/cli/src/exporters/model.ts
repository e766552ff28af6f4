// Exporters of the trained classifier: `model.onnx`, `model.npz` or `model.safetensors` when the run has ended.
import type { HookExporter } from "@trainscope/core";
import { encodeModel, type ModelFormat } from "./encode-model.ts";

/** Writes `model.onnx`: it takes images as bytes and gives labels and probabilities. */
export function onnxExporter(): HookExporter {
  return modelExporter("onnx");
}

/** Writes `model.npz`, for NumPy: weights, biases, and what inputs are standardised by. */
export function npzExporter(): HookExporter {
  return modelExporter("npz");
}

/** Writes `model.safetensors`, with the same as `model.npz`. */
export function safetensorsExporter(): HookExporter {
  return modelExporter("safetensors");
}

/** With the parameters that the run ended with; nothing where no epoch was finished. */
function modelExporter(format: ModelFormat): HookExporter {
  return {
    name: format,
    async onEnd({ epochs, keptEpoch }, run) {
      if (epochs === 0) return undefined;
      const { parameters, loss, ...model } = run.classifier();
      const place = keptEpoch === null ? { epoch: epochs, isAfterEpoch: true } : { epoch: keptEpoch };
      const source = { runId: run.runId, ...place, parameters, model, settings: { loss } };
      const path = await run.write(`model.${format}`, encodeModel(source, format));
      return { kind: "model", title: `The model as ${TITLES[format]}`, path };
    },
  };
}

const TITLES: Readonly<Record<ModelFormat, string>> = {
  onnx: "ONNX",
  npz: "NumPy's arrays",
  safetensors: "safetensors",
};
