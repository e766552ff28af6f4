import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAppender } from "./appender.ts";

/** Writes that end when they are told to, into files of which each holds something from before. */
function setUp() {
  const files = new Map<string, string>();
  const writes: { readonly call: string; end(): void; fail(): void }[] = [];
  const put = (call: string, name: string, content: string): Promise<string> =>
    new Promise((resolve, reject) => {
      writes.push({
        call,
        end() {
          files.set(name, content);
          resolve(`out/${name}`);
        },
        fail: () => reject(new Error("full")),
      });
    });
  const append = createAppender({
    write: (name, content) => put(`write ${content}`, name, String(content)),
    append: (name, text) => put(`append ${text}`, name, `${files.get(name) ?? "of an earlier run"}${text}`),
  });
  return { append, files, writes, calls: () => writes.map(({ call }) => call) };
}

const turn = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 0));

describe("append", () => {
  it("writes what comes first in the place of what was there, later text behind it, and each text once", async () => {
    const { append, writes, calls, files } = setUp();
    const told = [append("log.txt", "a"), append("log.txt", "b")];
    await turn();
    expect(calls()).toEqual(["write ab"]);
    told.push(append("log.txt", "c"), append("log.txt", "d"));
    await turn();
    expect(calls()).toEqual(["write ab"]);
    writes[0]?.end();
    await turn();
    expect(calls()).toEqual(["write ab", "append cd"]);
    writes[1]?.end();
    expect(await Promise.all(told)).toEqual(Array(4).fill("out/log.txt"));
    expect(files.get("log.txt")).toBe("abcd");
  });

  it("keeps files apart", async () => {
    const { append, calls } = setUp();
    void append("a", "1");
    void append("b", "2");
    await turn();
    expect(calls()).toEqual(["write 1", "write 2"]);
  });

  it("tells who waits of a failure, and goes on with its text before what comes next", async () => {
    const { append, writes, calls } = setUp();
    const lost = append("a", "1");
    await turn();
    const next = append("a", "2");
    writes[0]?.fail();
    await expect(lost).rejects.toThrow("full");
    await turn();
    expect(calls()).toEqual(["write 1", "write 12"]);
    writes[1]?.end();
    expect(await next).toBe("out/a");
  });

  it("a file ends up with every text once and in order, whichever writes fail on the way", async () => {
    const step = fc.oneof(fc.string({ minLength: 1, maxLength: 3 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { append, files, writes } = setUp();
        let done = 0;
        const texts = steps.filter((one) => typeof one === "string");
        for (const one of [...steps, "end"]) {
          if (typeof one === "string") void append("a", one).catch(() => {});
          else if (writes.length > done) writes[done++]?.[one ? "end" : "fail"]();
          await turn();
        }
        for (; writes.length > done; await turn()) writes[done++]?.end();
        // The last may have been given before the one under way failed: what comes next takes its text.
        void append("a", ".");
        await turn();
        for (; writes.length > done; await turn()) writes[done++]?.end();
        expect(files.get("a")).toBe(`${texts.join("")}end.`);
      }),
      { numRuns: 50 },
    );
  });
});
