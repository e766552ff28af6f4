// Exporters that write what `trainscope export` writes, of a run while it is there; and one that tells of its end.
export { csvExporter, jsonLinesExporter } from "./figures.ts";
export { npzExporter, onnxExporter, safetensorsExporter } from "./model.ts";
export { notificationExporter } from "./notification.ts";
export { summaryExporter } from "./summary.ts";
export { templatesExporter } from "./templates.ts";
export { tensorBoardExporter } from "./tensorboard.ts";
