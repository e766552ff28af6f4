// The command's own version, from its package.
import { createRequire } from "node:module";

export const VERSION: string = createRequire(import.meta.url)("../package.json").version;

/** The command with its version, as what it trains names it: that of another version may be another. */
export const PROGRAM = `trainscope ${VERSION}`;
