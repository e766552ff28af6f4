import type { StudyEvent, StudyEventBody } from "@trainscope/study";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  at,
  BEGINNING,
  epochsOf,
  midway,
  recordOf,
  STAGES,
  stateAfter,
  studyStart,
  trialEnd,
  trialEvent,
  trialOf,
  wholeTrial,
} from "../testing/study.ts";
import { addToStudy } from "./add-event.ts";
import { initialStudyState } from "./state.ts";
import { timeLeft } from "./time-left.ts";
import { studyShare } from "./work.ts";

const trials = [0, 1, 2, 3].map((index) => trialOf(index));

describe("addToStudy", () => {
  it("follows stages from waiting to done, with their steps, their text and their times", () => {
    const { stages, stage } = stateAfter(BEGINNING);
    expect(stage).toBe("settings");
    expect(stages.map(({ status }) => status)).toEqual(["done", "active", "waiting", "waiting"]);
    expect(stages[0]).toMatchObject({ done: 12, steps: 12, startedAt: 0, endedAt: 10_000, text: "passed" });
  });

  it("follows the trials that run: epoch, fraction and curve", () => {
    const state = midway();
    expect(state.running.map(({ trial }) => trial.id)).toEqual(["settings-2", "settings-3"]);
    expect(state.running[0]).toMatchObject({ epoch: 12, fraction: 12 / 40 });
    expect(state.running[0]?.accuracies).toHaveLength(12);
    expect(state.curves).toHaveLength(4);
    const within = trialEvent(trialOf(2), 70_000, {
      type: "progress",
      epoch: 13,
      batch: 50,
      batches: 100,
      samplesPerSecond: 1,
      loss: 1,
    });
    expect(addToStudy(state, within).running[0]?.fraction).toBeCloseTo(12.5 / 40);
  });

  it("keeps what is done with its validation accuracy, and the best of each stage, the earliest of equals", () => {
    const accuracies = fc.array(fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }), { minLength: 1 });
    fc.assert(
      fc.property(accuracies, (values) => {
        const ends = values.map((value, index) => trialEnd(trialOf(index), index, value && value / 10, true));
        const state = stateAfter([...BEGINNING, ...ends]);
        expect(state.finished.map(({ accuracy }) => accuracy)).toEqual(
          values.map((value) => value && value / 10),
        );
        const top = Math.max(...values.map((value) => value ?? 0));
        const best = top === 0 ? undefined : `settings-${values.indexOf(top)}`;
        expect(state.best.get("settings")?.trial.id).toBe(best);
      }),
    );
  });

  it("draws a trial that was kept from before by its record", () => {
    const { curves, finished } = stateAfter([...BEGINNING, trialEnd(trialOf(0), 10_001, 0.3, true)]);
    expect(finished[0]).toMatchObject({ reused: true, accuracy: 0.3, epochs: 40 });
    expect(curves[0]?.accuracies).toEqual(recordOf(trialOf(0), 0.3).series["validation/accuracy"]);
  });

  it("has the curves of the newest stage that has trials", () => {
    const variant = trialOf(0, "improvements");
    const state = stateAfter([
      ...BEGINNING,
      ...wholeTrial(trialOf(0), 10_000),
      at(50_000, { type: "trial:start", trial: variant }),
    ]);
    expect(state.charted).toBe("improvements");
    expect(state.curves.map(({ trial }) => trial.id)).toEqual([variant.id]);
    expect(state.finished).toHaveLength(1);
  });

  it("does work that doesn't grow with what is behind it: an epoch adds one value to one curve, in place", () => {
    const before = midway();
    const { accuracies } = before.running[0] ?? {};
    const [, , , , ...epoch] = epochsOf(trialOf(2), 13, 50_000).slice(-6);
    const after = epoch.reduce(addToStudy, before);
    expect(after.curves).toBe(before.curves);
    expect(after.finished).toBe(before.finished);
    expect(after.running[0]?.accuracies).toBe(accuracies);
    expect(accuracies).toHaveLength(13);
    expect(after.recorded).toBe(before.recorded + 1);
  });

  it("logs notices, alerts of trials with their titles, and what is printed, and counts the problems", () => {
    const alert = (level: "info" | "error") =>
      trialEvent(trialOf(0), 2, { type: "alert", level, code: "diverged", message: "the loss is infinite" });
    const { log, problems } = stateAfter([
      at(0, studyStart()),
      at(1, { type: "trial:start", trial: trialOf(0) }),
      alert("info"),
      alert("error"),
      at(3, { type: "study:notice", level: "warning", message: "no browser" }),
      { type: "print", time: 4, severity: "info", text: "printed" },
    ]);
    expect(log.slice(-3).map(({ text }) => text)).toEqual([
      "λ = 0, η = 0.1: the loss is infinite",
      "no browser",
      "printed",
    ]);
    expect(problems).toBe(2);
  });

  it("knows at once that a stop was asked for, and how the study ended", () => {
    const asked = addToStudy(midway(), { type: "request:stop" });
    expect(asked).toMatchObject({ stopping: true, phase: "running" });
    const ended = addToStudy(asked, at(90_000, { type: "study:end", reason: "stopped" }));
    expect(ended).toMatchObject({ phase: "ended", reason: "stopped", endsAt: undefined });
  });

  it("takes events in any order, twice or never: shares stay between 0 and 1, times finite and not below 0", () => {
    fc.assert(
      fc.property(fc.array(anyEvent(), { maxLength: 60 }), (bodies) => {
        let state = initialStudyState();
        bodies.forEach((body, index) => {
          state = addToStudy(state, at(index * 700, body));
          const { done, reused } = studyShare(state);
          expect(done).toBeGreaterThanOrEqual(0);
          expect(done).toBeLessThanOrEqual(1);
          expect(reused).toBeGreaterThanOrEqual(0);
          expect(reused).toBeLessThanOrEqual(1);
          const left = timeLeft(state, index * 700 + 300) ?? 0;
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left).toBeLessThan(Number.POSITIVE_INFINITY);
        });
        expect(state.running.length).toBeLessThanOrEqual(trials.length * 2);
      }),
      { numRuns: 300 },
    );
  });
});

/** Of a few trials and stages, so that they meet. */
function anyEvent(): fc.Arbitrary<StudyEventBody> {
  const trial = fc.constantFrom(...trials, ...[0, 1, 2, 3].map((index) => trialOf(index, "improvements")));
  const stage = fc
    .constantFrom("gradient-check", "settings", "improvements", "pdf")
    .map((name) => name as "settings");
  const inner = fc
    .tuple(trial, fc.nat(80))
    .map(([chosen, index]) => epochsOf(chosen, 40, 0)[index])
    .filter((event) => event !== undefined)
    .map(withoutHeader);
  const shares = fc.array(fc.constantFrom(0, 0.1, 0.5, 1), { minLength: 4, maxLength: 4 });
  return fc.oneof(
    { weight: 6, arbitrary: inner },
    shares.map((values) => studyStart(STAGES.map((info, index) => ({ ...info, share: values[index] ?? 0 })))),
    stage.map((name): StudyEventBody => ({ type: "stage:start", stage: name })),
    stage.map((name): StudyEventBody => ({ type: "stage:end", stage: name, text: "" })),
    fc.tuple(stage, fc.nat(20), fc.nat(10)).map(
      ([name, done, steps]): StudyEventBody => ({
        type: "stage:progress",
        stage: name,
        done,
        steps,
        text: "x",
      }),
    ),
    trial.map((chosen): StudyEventBody => ({ type: "trial:start", trial: chosen })),
    fc
      .tuple(trial, fc.boolean(), fc.option(fc.double({ min: 0, max: 1 }), { nil: null }))
      .map(([chosen, reused, last]) => withoutHeader(trialEnd(chosen, 0, last, reused))),
    fc.constant<StudyEventBody>({ type: "study:end", reason: "completed" }),
  );
}

function withoutHeader({ v: _, seq: __, time: ___, ...body }: StudyEvent): StudyEventBody {
  return body as StudyEventBody;
}
