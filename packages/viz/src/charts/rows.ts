// How high rows of names are.

const ROW_HEIGHT = 25;
const LEAST_ROW_HEIGHT = 13;
/** From so many on, rows are as low as can be read. */
const MANY = 30;

/** CSS pixels of one of so many rows. */
export function rowHeight(rows: number): number {
  return rows > MANY ? LEAST_ROW_HEIGHT : ROW_HEIGHT;
}
