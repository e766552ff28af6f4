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

test("quotes and commas come back as they were", () => {
  const nasty = ["a,b", 'say "x"', "", " spaces ", "猫"];
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

test("a record is a line, and does nothing to a terminal", () => {
  expect(toCsv(["two\r\nlines", "a\u001b]0;own\u0007b\u009b1m"], [["lone\rreturn", "a\u202eb"]])).toBe(
    "two lines,ab\r\nlone return,ab\r\n",
  );
});

test("no text is a spreadsheet's formula", () => {
  for (const start of ["=", "+", "-", "@", "\t=", " =", "\r\n-", "\u200b@", "\u001b[0m+", "＝"]) {
    const [[field = ""] = []] = read(toCsv([`${start}HYPERLINK("http://x")`], []));
    expect(field.startsWith("'")).toBe(true);
  }
  expect(toCsv(["a=b", "λ = 0"], [])).toBe("a=b,λ = 0\r\n");
});
