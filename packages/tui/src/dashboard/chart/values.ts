export type Values = readonly (number | null | undefined)[];

/** Whether a value is there, and finite. */
export function isNumber(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
