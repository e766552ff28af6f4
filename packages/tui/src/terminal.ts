// The terminal itself: what puts it right again.

export { RESET_TERMINAL } from "./dashboard/terminal/modes.ts";
export { reassertRawMode } from "./dashboard/terminal/raw-mode.ts";
