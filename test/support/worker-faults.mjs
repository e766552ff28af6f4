// Loaded into a worker before it starts: right after some of the checkpoints that it writes it is struck by a signal, as if from outside at
// just that moment. Each training is struck once at most, and all workers together so often as asked. What is gone on from leaves a trace.
import { mkdirSync, readdirSync } from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { basename, join } from "node:path";

const { WORKER_FAULT: signal, WORKER_FAULTS: most, WORKER_FAULT_FOLDER: folder } = process.env;
const STRUCK = "struck-";

function isToBeStruck(name) {
  if (readdirSync(folder).filter((one) => one.startsWith(STRUCK)).length >= Number(most)) return false;
  return leaveTrace(STRUCK + name);
}

/** Whether this is the first time of all. */
function leaveTrace(trace) {
  try {
    mkdirSync(join(folder, trace));
    return true;
  } catch {
    return false;
  }
}

const { rename, readFile } = promises;
promises.rename = async (from, to) => {
  await rename(from, to);
  const name = basename(to);
  if (name.endsWith(".safetensors") && isToBeStruck(name)) process.kill(process.pid, signal);
};
promises.readFile = async (path, ...options) => {
  const content = await readFile(path, ...options);
  const name = basename(String(path));
  if (name.endsWith(".safetensors")) leaveTrace(`resumed-${name}`);
  return content;
};
syncBuiltinESMExports();
