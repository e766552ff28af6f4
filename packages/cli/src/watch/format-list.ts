// What `trainscope watch --formats` prints.
import { FORMATS } from "@trainscope/formats";

export function formatList(): readonly string[] {
  const width = Math.max(...FORMATS.map(({ name }) => name.length));
  return FORMATS.map(({ name, title }) => `${name.padEnd(width)}  ${title}`);
}
