// Prints the name of this build of the kernels, for binding.gyp: a hash of their sources and of how they are compiled.
// Results of two builds may differ where their names do, and in nothing else: not by processor, vectors or compiler.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

const sources = readdirSync("native").filter((name) => /\.h$|^kernels\.c$|^engine\.c$/.test(name));
const hash = createHash("sha256");
for (const name of [...sources.sort().map((source) => `native/${source}`), "binding.gyp"]) {
  hash.update(readFileSync(name, "utf8").replaceAll("\r\n", "\n"));
}
process.stdout.write(hash.digest("hex").slice(0, 12));
