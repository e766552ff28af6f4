// Exporters that write what `trainscope export` writes, of a run while it is there.
export { npzExporter, onnxExporter, safetensorsExporter } from "./model.ts";
