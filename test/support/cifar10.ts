// The real data, where the machine has it: tests of it are skipped elsewhere, and say so.
import { existsSync } from "node:fs";
import { join } from "node:path";

const named = process.env.CIFAR10_DIR;

/** The folder with CIFAR-10's binary files; `undefined` where CIFAR10_DIR names none. */
export const cifar10: string | undefined =
  named !== undefined && existsSync(join(named, "test_batch.bin")) ? named : undefined;

if (cifar10 === undefined) {
  process.stderr.write("CIFAR10_DIR names no folder with CIFAR-10: the tests of real data are skipped.\n");
}
