// What shows a run: the dashboard, lines, sentences or JSON. React and Ink are loaded only where they are shown.

export type { Changeable } from "../dashboard/model/changeable.ts";
export { type Overlay, overlayOf } from "../dashboard/model/overlay.ts";
export { reportJson } from "./json.ts";
export { reportLines } from "./lines.ts";
export { loadReporter } from "./report.ts";
export { reportOn } from "./report-on.ts";
export { Summary } from "./summary.ts";
