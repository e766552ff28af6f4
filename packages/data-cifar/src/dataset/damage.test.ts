// Files that are damaged in any way: each is read, or refused with what is wrong and where; nothing else happens.
// `npm run fuzz` looks longer; FUZZ_RUNS says how long, and FC_SEED where it begins.
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isTrainscopeError } from "@trainscope/core/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readContents } from "../contents/read-contents.ts";
import { cifar100Bytes } from "../testing/cifar100.ts";
import { temporaryFolder } from "../testing/official.ts";
import { loadData } from "./load-data.ts";

const RUNS = Number(process.env.FUZZ_RUNS ?? 300);
const TIME = 600_000;
const folder = fileURLToPath(new URL("../../fixtures", import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => /(data_batch_1|train|meta|\.mat|\.npz|\.npy|\.png|\.jpg|protocol\d)$/.test(name))
  .flatMap((name) => {
    try {
      return [{ name, bytes: new Uint8Array(readFileSync(join(folder, name))) as Uint8Array }];
    } catch {
      // A folder.
      return [];
    }
  });
files.push({ name: "train.bin", bytes: cifar100Bytes(2) });
const archives = ["python.tar.gz", "climbing.tar.gz"].map(
  (name) => new Uint8Array(readFileSync(join(folder, name))),
);

type Damage = (bytes: Uint8Array) => Uint8Array;
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const at = (bytes: Uint8Array, where: number): number => Math.floor(where * bytes.length);

/** Bits that flip, bytes that are missing, come in or are another's; and lengths that are as large as can be. */
const damages: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 0, max: 255 })).map(
    ([where, byte]): Damage =>
      (bytes) => {
        const changed = bytes.slice();
        if (changed.length > 0) changed[at(changed, where)] = byte;
        return changed;
      },
  ),
  place.map(
    (where): Damage =>
      (bytes) =>
        bytes.slice(0, at(bytes, where)),
  ),
  fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 12 })).map(
    ([where, more]): Damage =>
      (bytes) => {
        const middle = at(bytes, where);
        return Buffer.concat([bytes.subarray(0, middle), more, bytes.subarray(middle)]);
      },
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 12 })).map(
    ([where, less]): Damage =>
      (bytes) => {
        const middle = at(bytes, where);
        return Buffer.concat([bytes.subarray(0, middle), bytes.subarray(middle + less)]);
      },
  ),
  fc.tuple(place, fc.constantFrom(0xff, 0x7f, 0)).map(
    ([where, byte]): Damage =>
      (bytes) => {
        const changed = bytes.slice();
        const start = at(changed, where);
        return changed.fill(byte, start, Math.min(start + 4, changed.length));
      },
  ),
);
const severalDamages = fc.array(damages, { minLength: 1, maxLength: 4 });
const damaged = (bytes: Uint8Array, by: readonly Damage[]): Uint8Array =>
  by.reduce((some, damage) => damage(some), bytes);

function requireTold(thrown: unknown, name: string): void {
  if (!isTrainscopeError(thrown)) throw thrown;
  expect(["BAD_DATA", "DATA_NOT_FOUND"]).toContain(thrown.code);
  expect(thrown.message).toContain(name);
  expect(thrown.message.length).toBeLessThan(1000);
}

describe("damaged files", () => {
  it("of each format are read, or refused by name", { timeout: TIME }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), severalDamages, ({ name, bytes }, by) => {
        try {
          for (const found of readContents(damaged(bytes, by), name)) {
            // Nothing of a small file is large.
            if (found.kind === "images") expect(found.images.length).toBeLessThan(200_000);
          }
        } catch (thrown) {
          requireTold(thrown, name);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("of random bytes with a beginning that is known, too", { timeout: TIME }, () => {
    const heads = [[0x80, 2], [0x80, 4], [...Buffer.from("MATLAB")], [0x93, ...Buffer.from("NUMPY"), 1, 0]];
    const marks = [...heads, [...Buffer.from("PK\x03\x04")], [0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47]];
    fc.assert(
      fc.property(fc.constantFrom(...marks), fc.uint8Array({ maxLength: 300 }), (head, rest) => {
        try {
          readContents(Uint8Array.from([...head, ...rest]), "some-file");
        } catch (thrown) {
          requireTold(thrown, "some-file");
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("archives are read, or refused", { timeout: TIME }, async () => {
    const path = join(await temporaryFolder(), "some.tar.gz");
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...archives), severalDamages, async (bytes, by) => {
        await writeFile(path, damaged(bytes, by));
        await loadData(path, { trainOn: "all" }).then(
          () => undefined,
          // A file of it, or the archive itself.
          (thrown) => requireTold(thrown, ""),
        );
      }),
      { numRuns: Math.ceil(RUNS / 10) },
    );
  });
});
