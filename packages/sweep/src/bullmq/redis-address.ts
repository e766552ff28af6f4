// Where Redis, or Valkey, is: read from a URL, and written without its password.
import { TrainscopeError } from "@trainscope/core/errors";

/** Where Redis is, and who logs in. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly database: number;
  readonly username?: string;
  readonly password?: string;
  /** As `rediss://` says; certificates are checked by Node's own authorities and those in `NODE_EXTRA_CA_CERTS`. */
  readonly tls: boolean;
}

/** The environment's variable that has the password. */
export const REDIS_PASSWORD = "TRAINSCOPE_REDIS_PASSWORD";
/** The environment's variable that has the user's name. */
export const REDIS_USERNAME = "TRAINSCOPE_REDIS_USERNAME";

const USUAL_PORT = 6379;

/**
 * `redis://HOST:PORT/DATABASE`, `rediss://` with TLS. Who logs in stands in the URL or in the environment, whose variables win:
 * a command line is there for everyone on the machine to see. Throws `BAD_OPTION`, whose message has no password.
 */
export function parseRedisAddress(
  text: string,
  environment: Readonly<Record<string, string | undefined>> = {},
): RedisAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const database = url?.pathname.replace(/^\/$/, "") ?? "";
  const isAddress =
    url !== undefined &&
    /^rediss?:$/.test(url.protocol) &&
    url.hostname !== "" &&
    /^(\/\d{1,5})?$/.test(database) &&
    url.search + url.hash === "";
  if (!isAddress) {
    // A password may stand before an @, and, as other programs take it, in what follows a question mark.
    const shown = text.replace(/^.*@/s, "...@").replace(/[?#].*$/s, "...");
    throw new TrainscopeError(
      "BAD_OPTION",
      `"${shown}" is no address of Redis; expected redis://HOST:PORT, or rediss://HOST:PORT with TLS`,
      { hint: `A password belongs into the variable ${REDIS_PASSWORD}.` },
    );
  }
  const username = environment[REDIS_USERNAME] || decoded(url.username);
  const password = environment[REDIS_PASSWORD] || decoded(url.password);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? USUAL_PORT : Number(url.port),
    database: Number(database.slice(1)),
    ...(username !== "" && { username }),
    ...(password !== "" && { password }),
    tls: url.protocol === "rediss:",
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A percent sign of its own.
    return part;
  }
}

/** For messages: without who logs in. */
export function describeRedisAddress({ host, port, database, tls }: RedisAddress): string {
  const name = host.includes(":") ? `[${host}]` : host;
  return `${tls ? "rediss" : "redis"}://${name}:${port}${database === 0 ? "" : `/${database}`}`;
}
