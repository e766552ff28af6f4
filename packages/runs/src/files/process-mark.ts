// Which process it is, so that another one that is given its number later is not taken for it.
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

export interface ProcessMark {
  readonly pid: number;
  readonly host: string;
  /**
   * Of the machine since it was switched on, and of the container in it, whose processes have numbers of their own;
   * `null` where the system doesn't tell (other than Linux), as with `born`.
   */
  readonly boot: string | null;
  /** When the process began, in the system's own count. */
  readonly born: string | null;
}

export function ownMark(): ProcessMark {
  return {
    pid: process.pid,
    host: hostname(),
    boot: bootOfThisMachine(),
    born: lookUp(process.pid)?.born ?? null,
  };
}

/** Whether its process is one of this machine and container, and since the machine was last switched on. */
export function isOfThisMachine({ host, boot }: ProcessMark): boolean {
  const own = bootOfThisMachine();
  return host === hostname() && (boot === null || own === null || boot === own);
}

/** Whether a process of this machine is still there, be it suspended. One that was killed and not yet buried is not. */
export function isThere({ pid, born }: ProcessMark): boolean {
  const found = lookUp(pid);
  if (found === undefined) return answers(pid);
  return !found.isDead && (born === null || found.born === born);
}

function bootOfThisMachine(): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return null;
  }
}

/**
 * Fields 3 and 22 of `/proc/<pid>/stat` (proc_pid_stat(5)), after the program's name in parentheses, which may hold
 * anything. `undefined` where there is no such file.
 */
function lookUp(pid: number): { readonly isDead: boolean; readonly born: string } | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state = "", born = ""] = [fields[0], fields[19]];
  return { isDead: "ZXx".includes(state), born };
}

/** Another user's process may not be called, but is there. */
function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
