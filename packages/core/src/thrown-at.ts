// The stack of what was thrown, and where in code of others that was.

/** The end of this module's own address. */
const HERE = /thrown-at\.[jt]s(?:\?.*)?$/;

/** The folder of this package's modules, with the slash at its end; undefined in a bundle, where it has none of its own. */
const OWN = ownFolder(import.meta.url);

function ownFolder(address: string | undefined): string | undefined {
  return address !== undefined && HERE.test(address) ? pathOf(address.replace(HERE, "")) : undefined;
}

/**
 * `path:line` of the topmost place outside of this package, of Node and, where there is one, of installed packages.
 * Undefined where the stack doesn't tell, as of what is no Error. Never throws.
 */
export function thrownAt(thrown: unknown): string | undefined {
  const places = placesOf(thrown).filter(
    ({ path }) => !path.startsWith("node:") && !(OWN !== undefined && path.startsWith(OWN)),
  );
  // A plugin that is itself installed has no other.
  const place = places.find(({ path }) => !path.includes("/node_modules/")) ?? places[0];
  return place && `${place.path}:${place.line}`;
}

interface Place {
  readonly path: string;
  readonly line: string;
}

/** Of V8: "at hook (file:///folder/plugin.ts:3:11)", or without name and brackets. */
const FRAME = /^\s*at (?:[^(/\\]*\()?(?:async )?(.+):(\d+):\d+\)?$/;

/** Errors that are told of one that has a cause, which has one. */
const MOST_CAUSES = 5;

/** With those of its causes below it. Undefined where it has none, as what is no Error. Never throws. */
export function stackOf(thrown: unknown): string | undefined {
  const stacks: string[] = [];
  try {
    for (let error = thrown; error instanceof Error && stacks.length < MOST_CAUSES; error = error.cause) {
      const stack: unknown = error.stack;
      if (typeof stack === "string") stacks.push(stack);
    }
  } catch {
    // A getter of its own.
  }
  return stacks.length === 0 ? undefined : stacks.join("\ncaused by: ");
}

function placesOf(thrown: unknown): readonly Place[] {
  const stack = stackOf(thrown) ?? "";
  try {
    return stack.split("\n").flatMap((line) => {
      const [, path, number] = FRAME.exec(line) ?? [];
      return path === undefined || number === undefined ? [] : [{ path: pathOf(path), line: number }];
    });
  } catch {
    // A path that is no URL.
    return [];
  }
}

/** A file's URL as its path, without what a loader has hung on it. */
function pathOf(place: string): string {
  if (!place.startsWith("file://")) return place;
  const { pathname } = new URL(place);
  // On Windows the drive comes first.
  return decodeURIComponent(/^\/[A-Za-z]:\//.test(pathname) ? pathname.slice(1) : pathname);
}
