import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it, and gives the first that was not there; `path` is absolute. One by one, because
 * Node's own recursive mkdir never ends where a folder refuses new ones with ENOENT, as /proc does.
 */
export async function makeFolders(path: string): Promise<string | undefined> {
  const above = dirname(path);
  const isThere = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isThere) return undefined;
  const first = above === path ? undefined : await makeFolders(above);
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    // Another process may have been quicker.
    if (error.code !== "EEXIST") throw error;
    return stat(path).then((found) => {
      if (!found.isDirectory()) throw error;
    });
  });
  return first ?? path;
}
