import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

/** Both streams of a process that guards them and then runs the code. */
function guarded(code: string) {
  const streams = join(import.meta.dirname, "streams.ts");
  const program = `import { guardStreams, ownStream } from ${JSON.stringify(streams)}; guardStreams(); ${code}`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=@trainscope/source", "--input-type=module", "--eval", program],
    { encoding: "utf8" },
  );
  return { stdout, stderr };
}

it("whoever prints: no control character gets through, in whatever pieces it comes", () => {
  const { stdout, stderr } = guarded(String.raw`
    console.log("\u001b[31mred\u001b[0m \u001b]0;own\u0007title");
    process.stdout.write("10 %\r20 %\r\n");
    process.stdout.write("\u001b");
    process.stdout.write("]0;own\u0007");
    process.stdout.write("9b33316d0a", "hex");
    const c1 = Buffer.from("\u009b31mλ\n");
    process.stdout.write(c1.subarray(0, 1));
    process.stdout.write(c1.subarray(1), () => process.stdout.write("written\n"));
    console.error("\u202eerror");
    process.emitWarning("old\u001b[2J", "DeprecationWarning");
  `);
  expect(stdout).toBe("red title\n10 %\n20 %\n ]0;own \ufffd31m\nλ\nwritten\n");
  expect(stderr).toBe("error\ntrainscope: DeprecationWarning: old\n");
});

it("what is ours throughout takes the way past it", () => {
  const { stdout } = guarded(String.raw`
    ownStream("stdout").write("\u001b[2J");
    console.log("a\u001b[2J");
  `);
  expect(stdout).toBe("\u001b[2Ja\n");
});
