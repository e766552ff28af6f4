import { expect, it } from "vitest";
import { defaultReporter } from "./choose.ts";

const terminal = { inputIsTerminal: true, outputIsTerminal: true, environment: { TERM: "xterm" } };

it.each([
  ["a terminal", terminal, "dashboard"],
  ["a pipe behind it", { ...terminal, outputIsTerminal: false }, "lines"],
  ["a pipe before it", { ...terminal, inputIsTerminal: false }, "lines"],
  ["CI", { ...terminal, environment: { CI: "true" } }, "lines"],
  ["CI=false", { ...terminal, environment: { CI: "false" } }, "dashboard"],
  ["a screen reader", { ...terminal, environment: { TERM: "xterm", INK_SCREEN_READER: "true" } }, "sentences"],
  ["a dumb terminal", { ...terminal, environment: { TERM: "dumb" } }, "lines"],
])("%s", (_, surroundings, reporter) => {
  expect(defaultReporter(surroundings)).toBe(reporter);
});
