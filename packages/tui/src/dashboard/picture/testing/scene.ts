// A made-up run with weights, answers and images, for the tests of the tabs that show them.
import type { ImageShape } from "@trainscope/core";
import { at, runStart } from "@trainscope/core/testing";
import { type DashboardState, initialState } from "../../model/state.ts";
import { innerSize } from "../../panels/frame.ts";
import type { PanelSpec } from "../../panels/panel-spec.ts";
import type { Scene } from "../../panels/scene.ts";
import type { Tab } from "../../tabs/tab.ts";
import { HERE } from "../../testing/scenes.ts";
import { plainText, type Row } from "../../text/rows.ts";
import { createTheme, type ThemeOptions } from "../../text/theme.ts";
import { FIRST_VIEW, type View } from "../../view/view.ts";

export interface MadeUp {
  readonly names: readonly string[];
  readonly shape: ImageShape;
  /** `K x K` counts; by default 30 of 100 images of each class are taken for the next class. */
  readonly confusion: readonly (readonly number[])[];
  readonly mistakes: number;
}

export const ANIMALS = ["cat", "dog", "frog"];
const SMALL: ImageShape = { width: 4, height: 4, channels: 3 };

export function madeUpState(wish: Partial<MadeUp> = {}): DashboardState {
  const { names = ANIMALS, shape = SMALL, mistakes = 5 } = wish;
  const classes = names.length;
  const confusion =
    wish.confusion ?? names.map((_, k) => names.map((_, answer) => countOf(k, answer, classes)));
  const inputs = shape.width * shape.height * shape.channels;
  const start = runStart();
  const run = {
    ...start,
    data: { ...start.data, classes: names, shape },
    model: { ...start.model, inputs, classes },
  };
  const bins = Array.from({ length: 20 }, (_, bin) => 20 - bin);
  return {
    ...initialState(),
    run: { v: 1, seq: 0, runId: "run", time: 0, ...run },
    recorded: 3,
    phase: "training",
    parameters: {
      epoch: 3,
      values: {
        classes,
        inputs,
        weights: Float64Array.from({ length: classes * inputs }, (_, i) => Math.sin(i * i)),
        biases: Float64Array.from({ length: classes }, (_, k) => k / 10),
      },
    },
    examination: at(0, {
      type: "examination",
      epoch: 3,
      split: "validation",
      confusion,
      trueClass: { right: [...bins].reverse(), wrong: bins },
      mistakes: Array.from({ length: mistakes }, (_, i) => mistake(i, classes)),
    }) as NonNullable<DashboardState["examination"]>,
  };
}

/** Of 100 images a class 30 are taken for the next; some for each of the others, as long as there are few. */
function countOf(label: number, answer: number, classes: number): number {
  const others = classes > 2 ? Math.floor(20 / (classes - 2)) : 0;
  if (label === answer) return 70 - others * (classes - 2);
  return (label + 1) % classes === answer ? 30 : others;
}

/** Answered 0.6 for the class after the true one, 0.3 for the true one. */
function mistake(index: number, classes: number) {
  const label = index % classes;
  const probabilities = Array.from({ length: classes }, () => 0.1 / Math.max(1, classes - 2));
  probabilities[label] = 0.3;
  probabilities[(label + 1) % classes] = 0.6;
  return { index: 1000 + index, label, probabilities };
}

export function sceneOf(
  state: DashboardState,
  theme: Partial<ThemeOptions> = {},
  scroll: View["scroll"] = {},
): Scene {
  const { shape } = state.run?.data ?? { shape: SMALL };
  const bytes = shape.width * shape.height * shape.channels;
  const images = new Map<number, Uint8Array>();
  return {
    state,
    view: { ...FIRST_VIEW, scroll },
    clock: 0,
    formats: new Map(),
    theme: createTheme({ color: "truecolor", ascii: false, ...theme }),
    imageOf: (index) => {
      const image = images.get(index) ?? Uint8Array.from({ length: bytes }, (_, i) => (index * i) % 256);
      images.set(index, image);
      return image;
    },
    ...HERE,
  };
}

/** What a panel draws, and the room it is given for that, as components/panel.tsx gives it. */
export function drawn(panel: PanelSpec): {
  readonly rows: readonly Row[];
  readonly width: number;
  readonly height: number;
} {
  const { width, height } = panel.rect;
  const [innerWidth, innerHeight] = panel.framed
    ? innerSize(width, height)
    : panel.heading
      ? [width - 1, height - 1]
      : [width, height];
  return { rows: panel.draw(innerWidth, innerHeight), width: innerWidth, height: innerHeight };
}

/** The tab's text, headings with their longest legends included. */
export function textOf(tab: Tab, scene: Scene, width: number, height: number): string {
  return tab
    .panels(scene, { left: 0, top: 0, width, height })
    .flatMap((panel) => {
      const heading = panel.heading?.();
      const legend = plainText(heading?.legends?.[0] ?? []);
      return [`${heading?.title ?? ""} ${legend}`, ...drawn(panel).rows.map(plainText)];
    })
    .join("\n");
}
