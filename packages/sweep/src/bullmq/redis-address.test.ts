import { expect, it } from "vitest";
import { describeRedisAddress, parseRedisAddress } from "./redis-address.ts";

it.each([
  ["redis://h", { host: "h", port: 6379, database: 0, tls: false }],
  ["redis://h/", { host: "h", port: 6379, database: 0, tls: false }],
  ["rediss://h:1/3", { host: "h", port: 1, database: 3, tls: true }],
  ["redis://[::1]:6380", { host: "::1", port: 6380, database: 0, tls: false }],
  ["redis://me:p%40ss@h", { host: "h", port: 6379, database: 0, tls: false, username: "me", password: "p@ss" }],
  ["redis://:50%@h", { host: "h", port: 6379, database: 0, tls: false, password: "50%" }],
])("%s", (text, address) => {
  expect(parseRedisAddress(text)).toEqual(address);
});

it("the environment says who logs in, whatever the address says", () => {
  const environment = { TRAINSCOPE_REDIS_USERNAME: "you", TRAINSCOPE_REDIS_PASSWORD: "sesame" };
  expect(parseRedisAddress("redis://me:barley@h", environment)).toMatchObject({
    username: "you",
    password: "sesame",
  });
  expect(parseRedisAddress("redis://me:barley@h", { TRAINSCOPE_REDIS_PASSWORD: "" })).toMatchObject({
    password: "barley",
  });
});

it.each([
  "redis://h:6379?password=secret",
  "redis://h:6379/0?password=secret",
  "redis://h:6379#secret",
  "redis://me:secret@h?db=1",
  "redis://me:se@secret@h?db=1",
  "redis://secret@",
  "h:6379?auth=secret",
  "http://secret@h",
])("%s is no address, and its password isn't shown", (text) => {
  expect(() => parseRedisAddress(text)).toThrow(
    expect.objectContaining({ code: "BAD_OPTION", message: expect.not.stringContaining("secret") }),
  );
  expect(() => parseRedisAddress(text)).toThrow("expected redis://HOST:PORT");
});

it("is written without who logs in", () => {
  expect(describeRedisAddress(parseRedisAddress("rediss://me:secret@[::1]:1/3"))).toBe("rediss://[::1]:1/3");
  expect(describeRedisAddress(parseRedisAddress("redis://:secret@h"))).toBe("redis://h:6379");
});
