import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createAppender } from "./appender.ts";

/** Writes that end when they are told to. */
function setUp() {
  const writes: { readonly content: string; end(): void; fail(): void }[] = [];
  const append = createAppender(
    (name, content) =>
      new Promise((resolve, reject) => {
        writes.push({ content, end: () => resolve(name), fail: () => reject(new Error("full")) });
      }),
  );
  return { append, writes, contents: () => writes.map(({ content }) => content) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const turn = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe("append", () => {
  it("writes the file whole each time, and what comes meanwhile with the next", async () => {
    const { append, writes, contents } = setUp();
    const told = [append("log.txt", "a"), append("log.txt", "b")];
    await turn();
    expect(contents()).toEqual(["ab"]);
    told.push(append("log.txt", "c"), append("log.txt", "d"));
    await turn();
    expect(contents()).toEqual(["ab"]);
    writes[0]?.end();
    await turn();
    expect(contents()).toEqual(["ab", "abcd"]);
    writes[1]?.end();
    expect(await Promise.all(told)).toEqual(["log.txt", "log.txt", "log.txt", "log.txt"]);
  });

  it("keeps files apart", async () => {
    const { append, contents } = setUp();
    void append("a", "1");
    void append("b", "2");
    await turn();
    expect(contents()).toEqual(["1", "2"]);
  });

  it("tells who waits of a failure, and writes the text again with what comes next", async () => {
    const { append, writes, contents } = setUp();
    const lost = append("a", "1");
    await turn();
    writes[0]?.fail();
    await expect(lost).rejects.toThrow("full");
    void append("a", "2");
    await turn();
    expect(contents()).toEqual(["1", "12"]);
  });

  it("writes no more than a tenth of the time, and all in the end", async () => {
    const contents: string[] = [];
    const took = 20;
    const append = createAppender(async (name, content) => {
      contents.push(content);
      await new Promise((resolve) => setTimeout(resolve, took));
      return name;
    });
    const told: Promise<string>[] = [];
    for (let ms = 0; ms < 10_000; ms++) {
      told.push(append("log.txt", "a"));
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(contents.length * took).toBeLessThanOrEqual(10_000 / 10 + took);
    expect(contents.length).toBeGreaterThan(20);
    await vi.runAllTimersAsync();
    expect(await Promise.all(told)).toHaveLength(10_000);
    expect(contents.at(-1)).toHaveLength(10_000);
  });
});
