// How numbers stand in messages.

/** 30730000 as "30,730,000". */
export function grouped(value: number): string {
  return value.toLocaleString("en-US");
}
