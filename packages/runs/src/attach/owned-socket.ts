// A local socket in a folder, for its owner alone.
import { chmod, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import type { Server } from "node:net";
import { join } from "node:path";
import { kindOfPart } from "../files/run-parts.ts";
import { SOCKET_FILE } from "./protocol.ts";
import { withSocketPath } from "./socket-path.ts";

/**
 * Listens, and gives what removes the socket. It is made in a private folder and moved to its place when its mode is
 * right, so that nobody else can ever connect; one that a process left there when it died is replaced.
 */
export async function openOwnedSocket(server: Server, folder: string): Promise<() => Promise<void>> {
  if (process.platform === "win32") throw new Error("Windows has no such sockets in folders");
  const path = join(folder, SOCKET_FILE);
  await removeUnfinished(folder);
  const made = await mkdtemp(join(folder, UNFINISHED));
  try {
    const first = join(made, SOCKET_FILE);
    await withSocketPath(first, (address) => listen(server, address));
    await chmod(first, 0o600);
    const { mode, ino } = await stat(first);
    if ((mode & 0o777) !== 0o600) throw new Error("its file system can't keep others from the socket");
    await rename(first, path);
    return async () => {
      // Not that of another process, which may have taken its place.
      const there = await stat(path).catch(() => undefined);
      if (there?.ino === ino) await rm(path, { force: true }).catch(() => {});
    };
  } catch (error) {
    server.close();
    throw error;
  } finally {
    await rm(made, { recursive: true, force: true }).catch(() => {});
  }
}

/** How the private folder begins, to which six letters are added. */
const UNFINISHED = ".control-";

/** A process that was killed before its socket had its place leaves the folder. This one has the run now. */
async function removeUnfinished(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter(
    (name) => name.startsWith(UNFINISHED) && kindOfPart(name) === "folder",
  );
  await Promise.all(
    names.map((name) => rm(join(folder, name), { recursive: true, force: true }).catch(() => {})),
  );
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(address, () => {
      server.off("error", reject);
      // As when no more files can be opened: those who want to watch come again.
      server.on("error", () => {});
      resolve();
    });
  });
}
