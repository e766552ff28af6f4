// A socket's path may be no longer than what the system has room for in its address; folders of runs are often deeper.
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

/** Bytes: 108 on Linux and 104 on macOS, with a zero at the end. */
const LONGEST_PATH = 103;

/**
 * Calls back with a path of the same file that a socket may be bound or connected to: through a link in a private
 * temporary folder where its own is too long. The link is gone again afterwards.
 */
export async function withSocketPath<Result>(
  path: string,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  if (Buffer.byteLength(path) <= LONGEST_PATH) return await use(path);
  const folder = await mkdtemp(join(tmpdir(), "trainscope-"));
  try {
    const link = join(folder, "run");
    await symlink(resolve(dirname(path)), link);
    return await use(join(link, basename(path)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
