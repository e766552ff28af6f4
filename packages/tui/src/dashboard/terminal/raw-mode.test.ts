import { expect, it } from "vitest";
import { reassertRawMode } from "./raw-mode.ts";

/** As Node.js: what it takes for set already doesn't reach the terminal. */
function fakeStdin(isRaw: boolean) {
  const sent: boolean[] = [];
  const stdin = {
    isRaw,
    setRawMode(raw: boolean) {
      if (raw !== stdin.isRaw) sent.push(raw);
      stdin.isRaw = raw;
      return stdin;
    },
  };
  return { stdin, sent };
}

it.each([
  ["that was set reaches the terminal again", true, [false, true]],
  ["that was never set is left alone", false, []],
])("raw mode %s", (_, isRaw, expected) => {
  const { stdin, sent } = fakeStdin(isRaw);
  reassertRawMode(stdin as unknown as NodeJS.ReadStream);
  expect([sent, stdin.isRaw]).toEqual([expected, isRaw]);
});
