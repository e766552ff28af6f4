// The user's home folder, where there is one.
import { homedir } from "node:os";
import { isAbsolute } from "node:path";

/**
 * `HOME`, else what the system knows of the user; `undefined` where there is neither, as for a number without a name in a
 * container. Node's own `homedir` throws there.
 */
export function homeDirectory(): string | undefined {
  try {
    const home = homedir();
    return isAbsolute(home) ? home : undefined;
  } catch {
    return undefined;
  }
}
