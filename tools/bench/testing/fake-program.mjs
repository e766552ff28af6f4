// A program of the tests: usage `node fake-program.mjs LOSS MS [GREETING]`. It answers at once what it is told to.
import { createInterface } from "node:readline";

const [, , loss, ms, greeting] = process.argv;
process.stdout.write(`${greeting ?? JSON.stringify({ ready: true, versions: {} })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  if (line === "quit") break;
  process.stdout.write(`${JSON.stringify({ ms: Number(ms), loss: Number(loss) })}\n`);
}
