// How an engine begins, goes on from what it is given, and is copied.
import { expect, it } from "vitest";
import type { EngineFactory } from "../../engine/engine.ts";
import { initialiseParameters } from "../../model/linear.ts";
import { BATCHES, inputs, setupOf, sliceOf } from "./contract-data.ts";

export function describeState(createEngine: EngineFactory): void {
  it("starts from the parameters it was given, and leaves the caller's alone", async () => {
    const setup = setupOf("softmax");
    const before = Array.from(setup.initial.weights);
    const engine = await createEngine(setup);
    await engine.trainBatches(sliceOf());
    expect(Array.from(setup.initial.weights)).toEqual(before);
    expect(Array.from(engine.parameters.weights)).not.toEqual(before);
    await engine.close();
  });

  it("goes on from parameters that are loaded as if it had started from them", async () => {
    const setup = setupOf("softmax");
    const expected = await createEngine({ ...setup, initial: initialiseParameters(7, inputs, 11, 0.2) });
    const engine = await createEngine(setup);
    await engine.trainBatches(sliceOf());
    await engine.load(initialiseParameters(7, inputs, 11, 0.2));
    expect(engine.parameters).toEqual(expected.parameters);
    for (const trained of [engine, expected]) await trained.trainBatches(sliceOf());
    expect(engine.parameters).toEqual(expected.parameters);
    await engine.close();
    await expected.close();
  });

  it("goes on from a copy of its state with the same bits, in its updates and in what it evaluates", async () => {
    const [engine, other] = [await createEngine(setupOf("softmax")), await createEngine(setupOf("softmax"))];
    await engine.trainBatches(sliceOf());
    const { parameters, scaledWeights } = engine.copyState();
    expect(parameters).toEqual(engine.parameters);
    await other.load(parameters, scaledWeights);
    for (const slice of [undefined, sliceOf({ learningRates: new Float64Array(BATCHES).fill(0.1) })]) {
      if (slice) for (const trained of [engine, other]) await trained.trainBatches(slice);
      expect(other.parameters).toEqual(engine.parameters);
      const evaluated = [engine, other].map(async (each) =>
        (await each.evaluate("test", 0, 12)).losses.slice(),
      );
      const [expected, losses] = await Promise.all(evaluated);
      expect(losses).toEqual(expected);
    }
    const kept = engine.copyState();
    expect(kept.parameters).not.toEqual(parameters);
    await engine.close();
    await other.close();
  });

  it("a copy of its members, as another engine around it is made of, is an engine", async () => {
    const [engine, expected] = [await createEngine(setupOf("softmax")), await createEngine(setupOf("softmax"))];
    const copy = { ...engine };
    await expected.trainBatches(sliceOf());
    await copy.trainBatches(sliceOf());
    expect(copy.copyState()).toEqual(expected.copyState());
    expect((await copy.evaluate("test", 0, 12)).losses).toEqual(
      (await expected.evaluate("test", 0, 12)).losses,
    );
    await copy.load(setupOf("softmax").initial);
    expect(engine.parameters).not.toEqual(expected.parameters);
    await copy.close();
    await expected.close();
  });
}
