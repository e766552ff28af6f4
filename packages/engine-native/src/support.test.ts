import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.doUnmock("./binding.ts");
  vi.resetModules();
});

/** The package where the compiled part does what is given. */
async function packageWith(loadBinding: () => unknown) {
  vi.resetModules();
  vi.doMock("./binding.ts", async (original) => ({ ...(await original<object>()), loadBinding }));
  return await import("./index.ts");
}

function missing(): undefined {
  return undefined;
}

function broken(): never {
  throw new Error("/x.node: invalid ELF header");
}

it.each([
  ["it is not there", missing, "it was not built here, and is not installed for this platform"],
  ["it does not load", broken, "it does not load (/x.node: invalid ELF header)"],
  [
    "the processor has none of its vectors",
    () => ({ vectors: ["portable"], build: "0" }),
    "this processor has none of AVX-512, AVX2 and NEON",
  ],
])("where %s, that is the reason, and asking for it is an error that says so", async (_, load, reason) => {
  const { createNativeEngine, nativeSupport } = await packageWith(load);
  expect(nativeSupport()).toEqual({ available: false, reason });
  const refused = expect.objectContaining({
    code: "NOT_SUPPORTED",
    message: `the native engine can't serve here: ${reason}`,
    hint: expect.stringContaining("wasm"),
  });
  expect(() => createNativeEngine()).toThrow(refused);
});

it("the widest vectors are taken", async () => {
  const { nativeSupport } = await packageWith(() => ({ vectors: ["avx512", "avx2", "portable"], build: "0" }));
  expect(nativeSupport()).toEqual({
    available: true,
    vectors: "avx512",
    allVectors: ["avx512", "avx2", "portable"],
  });
});
