// Whether Redis answers, told once when it goes away and once when it is back.
import { messageOf } from "@trainscope/core/errors";
import { Redis } from "ioredis";
import { lastingOptions } from "./connection.ts";
import { describeRedisAddress, type RedisAddress } from "./redis-address.ts";

export interface Reachability {
  readonly isReachable: boolean;
  /** Errors of a part of BullMQ's: what comes of an outage is not told once more. */
  watch(part: { on(event: "error", listener: (error: Error) => void): unknown }): void;
  close(): void;
}

/** A restart is not worth a word. */
const PATIENCE_MS = 3_000;

/** On a connection of its own, which connects again by itself. */
export function createReachability(address: RedisAddress, tell: (line: string) => void): Reachability {
  const where = describeRedisAddress(address);
  const client = new Redis(lastingOptions(address));
  const reported = new Set<string>();
  let reason = "the connection was closed";
  let isAwayReported = false;
  let timer: NodeJS.Timeout | undefined;

  client.on("error", (error: Error) => {
    reason = messageOf(error);
  });
  client.on("close", () => {
    timer ??= setTimeout(() => {
      isAwayReported = true;
      tell(`Redis at ${where} is away (${reason}); what runs goes on, and waits for it`);
    }, PATIENCE_MS);
  });
  client.on("ready", () => {
    clearTimeout(timer);
    timer = undefined;
    if (isAwayReported) tell(`Redis at ${where} is back`);
    isAwayReported = false;
  });

  return {
    get isReachable() {
      return client.status === "ready";
    },
    watch(part) {
      part.on("error", (error) => {
        const message = messageOf(error);
        if (client.status !== "ready" || isExpected(message) || reported.has(message)) return;
        reported.add(message);
        tell(message);
      });
    },
    close() {
      clearTimeout(timer);
      client.removeAllListeners("close");
      client.disconnect();
    },
  };
}

/** Connections that broke, and locks that went to another worker: both are seen to. */
function isExpected(message: string): boolean {
  return /ECONN|EPIPE|ETIMEDOUT|Connection is closed|could not renew lock|Missing lock|Lock mismatch|is not in the/.test(
    message,
  );
}
