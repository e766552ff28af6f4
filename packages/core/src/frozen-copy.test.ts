import { expect, it } from "vitest";
import { freezeOwn, frozenCopy } from "./frozen-copy.ts";

it("is equal, can't be changed anywhere, and follows no change of what it was made of", () => {
  const original: { list: unknown[]; text: string } = { list: [1, { deep: null }], text: "a" };
  const copy = frozenCopy(original);
  expect(copy).toEqual(original);
  for (const part of [copy, copy.list, copy.list[1]]) expect(Object.isFrozen(part)).toBe(true);
  original.list.push(2);
  expect(copy.list).toHaveLength(2);
});

it("isn't made twice, but what others have frozen is copied: it may be frozen in part", () => {
  const copy = frozenCopy({ list: [1] });
  expect(frozenCopy(copy)).toBe(copy);
  expect(frozenCopy({ copy }).copy).toBe(copy);
  const shallow = Object.freeze({ list: [1] });
  expect(Object.isFrozen(frozenCopy(shallow).list)).toBe(true);
});

it("what was frozen as it is is taken as it is, and can't be changed anywhere", () => {
  const own = { curves: [{ name: "a", x: [0, null, 1] }] };
  expect(freezeOwn(own)).toBe(own);
  for (const part of [own, own.curves, own.curves[0], own.curves[0]?.x])
    expect(Object.isFrozen(part)).toBe(true);
  expect(frozenCopy({ own }).own).toBe(own);
});
