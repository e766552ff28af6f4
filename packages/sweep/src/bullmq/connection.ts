// Connections to Redis: tried once before anything begins, and kept up from then on.
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import { Redis } from "ioredis";
import { describeRedisAddress, type RedisAddress } from "./redis-address.ts";

const CONNECT_MS = 10_000;
/** Between two tries to connect again, at most. */
const MOST_PAUSE_MS = 2_000;

/** For BullMQ: commands wait while Redis is away, however long. */
export function lastingOptions(address: RedisAddress) {
  return {
    ...optionsOf(address),
    maxRetriesPerRequest: null,
    retryStrategy: (tries: number) => Math.min(100 * 2 ** Math.min(tries, 10), MOST_PAUSE_MS),
  };
}

function optionsOf({ host, port, database, username, password, tls }: RedisAddress) {
  return {
    host,
    port,
    db: database,
    connectTimeout: CONNECT_MS,
    keepAlive: 10_000,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    // Named, since a certificate is for a name; an IP address is none.
    ...(tls && { tls: /^[\d.]+$|:/.test(host) ? {} : { servername: host } }),
  };
}

const OLDEST = [6, 2] as const;

/**
 * Whether trials can be queued there. Throws `QUEUE_FAILED` where it doesn't answer, `BAD_OPTION` where it refuses whoever logs
 * in, is too old, or may drop keys to make room.
 */
export async function checkRedis(
  address: RedisAddress,
  { patience = CONNECT_MS }: { /** Milliseconds. */ readonly patience?: number } = {},
): Promise<void> {
  const found = await infoOf(address, patience);
  const where = `Redis at ${describeRedisAddress(address)}`;
  const [major = 0, minor = 0] = (found.redis_version ?? "").split(".").map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new TrainscopeError(
      "BAD_OPTION",
      `${where} is version ${found.redis_version}; expected ${OLDEST.join(".")} or newer`,
    );
  }
  const policy = found.maxmemory_policy;
  if (policy !== undefined && policy !== "noeviction") {
    throw new TrainscopeError(
      "BAD_OPTION",
      `${where} has the eviction policy ${policy}; expected noeviction: with any other it drops trials when its memory is full, and says nothing`,
      { hint: 'Set "maxmemory-policy noeviction" in its configuration, or take another Redis for the queue.' },
    );
  }
}

async function infoOf(address: RedisAddress, patience: number): Promise<Readonly<Record<string, string>>> {
  const client = new Redis({
    ...optionsOf(address),
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let failure: unknown;
  const timer = setTimeout(() => {
    failure ??= new Error(`it took the connection, and wasn't ready within ${patience / 1000} seconds`);
    client.disconnect();
  }, patience);
  client.on("error", (error: unknown) => {
    failure ??= error;
  });
  try {
    await client.connect();
    const info = await client.info();
    // What is wrong with the database is told apart from any command, and the first one taken instead.
    if (failure !== undefined) throw failure;
    return fieldsOf(info);
  } catch (thrown) {
    throw connectionError(failure ?? thrown, address);
  } finally {
    clearTimeout(timer);
    client.disconnect();
  }
}

function fieldsOf(info: string): Readonly<Record<string, string>> {
  const pairs = info.split("\r\n").flatMap((line) => {
    const at = line.indexOf(":");
    return line.startsWith("#") || at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
  });
  return Object.fromEntries(pairs);
}

function connectionError(failure: unknown, address: RedisAddress): TrainscopeError {
  const where = describeRedisAddress(address);
  // A name with several addresses fails with an error for each.
  const reason = messageOf(failure instanceof AggregateError ? failure.errors[0] : failure);
  if (/^(NOAUTH|WRONGPASS|NOPERM|ERR .*AUTH)/.test(reason)) {
    return new TrainscopeError("BAD_OPTION", `Redis at ${where} refuses the user or the password: ${reason}`, {
      hint: "Put them into TRAINSCOPE_REDIS_USERNAME and TRAINSCOPE_REDIS_PASSWORD.",
    });
  }
  if (reason.startsWith("ERR DB index")) {
    return new TrainscopeError("BAD_OPTION", `Redis at ${where} has no such database: ${reason}`, {
      hint: "Most have 16, from /0 to /15; the prefix of the keys tells studies apart, too.",
    });
  }
  return new TrainscopeError("QUEUE_FAILED", `Redis at ${where} can't be reached: ${reason}`, {
    hint: "Is it running, and is that its address? It is started with: redis-server",
    cause: failure,
  });
}
