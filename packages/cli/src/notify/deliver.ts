// Brings a message to where a person wants it. A webhook's message goes to the address that was given and nowhere else.
import { spawn } from "node:child_process";
import { TrainscopeError } from "@trainscope/core/errors";
import { ownStream } from "@trainscope/tui/output";
import type { Occasion } from "./occasions.ts";
import type { Target } from "./target.ts";

export interface Message {
  readonly kind: Occasion["kind"];
  /** What is watched. */
  readonly source: string;
  readonly text: string;
}

const LONGEST_MS = 10_000;
const BELL = "\u0007";

/** Rejects where it can't be brought there. */
export async function deliver(target: Target, message: Message): Promise<void> {
  switch (target.kind) {
    case "bell":
      ownStream("stderr").write(BELL);
      return;
    case "desktop":
      return await onDesktop(message);
    case "webhook":
      return await post(target.url, message);
    case "command":
      return await run("/bin/sh", ["-c", target.command], message);
  }
}

async function onDesktop(message: Message): Promise<void> {
  const { source, text } = message;
  if (process.platform === "darwin") {
    // As arguments: nothing of a message becomes part of the script.
    const script = "on run argv\ndisplay notification (item 2 of argv) with title (item 1 of argv)\nend run";
    return await run("osascript", ["-e", script, source, text], message);
  }
  await run("notify-send", ["--app-name=trainscope", "--", source, text], message);
}

/** `text` is what Slack and Mattermost show, `content` what Discord does. */
async function post(url: string, { kind, source, text }: Message): Promise<void> {
  const line = `${source}: ${text}`;
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: line, content: line, kind, source, message: text }),
    redirect: "manual",
    signal: AbortSignal.timeout(LONGEST_MS),
  }).catch((error: unknown) => {
    throw new TrainscopeError("BAD_OPTION", describeRefusal(error));
  });
  await response.body?.cancel();
  if (!response.ok) throw new TrainscopeError("BAD_OPTION", `it answered ${response.status}`);
}

/** Never in the words of `fetch`, which may hold the address. */
function describeRefusal(error: unknown): string {
  const { name, cause } = error as Error;
  if (name === "TimeoutError") return "it doesn't answer";
  const { code } = (cause ?? {}) as NodeJS.ErrnoException;
  return typeof code === "string" ? `the request failed with ${code}` : "the request failed";
}

function run(command: string, args: readonly string[], { kind, source, text }: Message): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: "ignore",
      timeout: LONGEST_MS,
      env: {
        ...process.env,
        TRAINSCOPE_KIND: kind,
        TRAINSCOPE_SOURCE: source,
        TRAINSCOPE_MESSAGE: text,
      },
    });
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new TrainscopeError(
            "BAD_OPTION",
            signal === null ? `it ended with ${code}` : `it was ended by ${signal}`,
          ),
        );
    });
  });
}
