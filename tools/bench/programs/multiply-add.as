// The multiply-add peak of WebAssembly's 128-bit vectors. AssemblyScript, compiled when the benchmarks run.

/** Each round is twelve multiply-adds of four float32: 96 floating-point operations. */
export function run(rounds: i32, factorValue: f32, addendValue: f32): f32 {
  const factor = f32x4.splat(factorValue);
  const addend = f32x4.splat(addendValue);
  // A multiply-add takes about four cycles and two can start in each: eight sums keep both units busy, twelve surely.
  let a = factor, b = factor, c = factor, d = factor, e = factor, f = factor;
  let g = factor, h = factor, i = factor, j = factor, k = factor, l = factor;
  for (let round = 0; round < rounds; round++) {
    a = f32x4.relaxed_madd(a, factor, addend);
    b = f32x4.relaxed_madd(b, factor, addend);
    c = f32x4.relaxed_madd(c, factor, addend);
    d = f32x4.relaxed_madd(d, factor, addend);
    e = f32x4.relaxed_madd(e, factor, addend);
    f = f32x4.relaxed_madd(f, factor, addend);
    g = f32x4.relaxed_madd(g, factor, addend);
    h = f32x4.relaxed_madd(h, factor, addend);
    i = f32x4.relaxed_madd(i, factor, addend);
    j = f32x4.relaxed_madd(j, factor, addend);
    k = f32x4.relaxed_madd(k, factor, addend);
    l = f32x4.relaxed_madd(l, factor, addend);
  }
  const first = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(e, f));
  const second = f32x4.add(f32x4.add(f32x4.add(g, h), f32x4.add(i, j)), f32x4.add(k, l));
  const all = f32x4.add(first, second);
  return (
    f32x4.extract_lane(all, 0) + f32x4.extract_lane(all, 1) + f32x4.extract_lane(all, 2) + f32x4.extract_lane(all, 3)
  );
}
