import { expect, test } from "vitest";
import { toCsv } from "./csv.ts";

/** RFC 4180, read back by its grammar. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  for (let rest = text; rest !== ""; ) {
    const row: string[] = [];
    for (let last = ","; last === ","; ) {
      const match = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
      if (match === null) throw new Error(`no CSV: ${rest}`);
      row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
      last = match[3] ?? "";
      rest = rest.slice(match[0].length);
    }
    rows.push(row);
  }
  return rows;
}

test("quotes, commas and line ends come back as they were", () => {
  const nasty = ["a,b", 'say "x"', "two\r\nlines", "lone\rreturn", "", " spaces ", "猫"];
  expect(read(toCsv(nasty, [nasty]))).toEqual([nasty, nasty]);
});

test("numbers keep every digit, and nothing is an empty field", () => {
  expect(toCsv(["x"], [[0.1 + 0.2], [null], [-3e-10], [true]])).toBe(
    "x\r\n0.30000000000000004\r\n\r\n-3e-10\r\ntrue\r\n",
  );
});

test("what is no finite number is an empty field, too", () => {
  expect(toCsv(["x"], [[Number.NaN], [Number.POSITIVE_INFINITY]])).toBe("x\r\n\r\n\r\n");
});

test("no text is a spreadsheet's formula", () => {
  for (const start of ["=", "+", "-", "@", "\t=", " =", "\r", "＝"]) {
    const [[field = ""] = []] = read(toCsv([`${start}HYPERLINK("http://x")`], []));
    expect(field.startsWith("'")).toBe(true);
  }
  expect(toCsv(["a=b", "λ = 0"], [])).toBe("a=b,λ = 0\r\n");
});
