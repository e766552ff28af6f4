// The y-axes which the charts of several settings share, so that they can be compared at a glance.

import { type Axis, describeQuantity, valueAxis } from "@trainscope/viz/parts";
import type { SettingResult } from "../stages/results.ts";

/** What a setting's curves are of. */
export type SettingQuantity = "loss" | "cost" | "accuracy";

export const SETTING_QUANTITIES: readonly SettingQuantity[] = ["loss", "cost", "accuracy"];

/** The part of an axis that several charts have in common. */
export interface SharedDomain {
  /** As shown: accuracies in per cent. */
  readonly domain: readonly [number, number];
  readonly scale: Axis["scale"];
  /** The others' domain is another one, as this setting's values would have flattened their curves. */
  readonly isOwn?: boolean;
}

/** The domain of each quantity. */
export type SettingDomains = Readonly<Record<SettingQuantity, SharedDomain>>;

/** Loss and cost of a setting that reach so many times the others' median would leave those no height. */
const OWN_RATIO = 2;

/** As many as even a low plot has room for. */
const MOST_TICKS = 5;

/** The y-domain of all settings' curves, bands and test values; with `classes`, chance within where it is near. */
export function sharedDomain(
  settings: readonly SettingResult[],
  quantity: SettingQuantity,
  classes?: number,
): SharedDomain {
  return domainOf(settings, quantity, classes);
}

/**
 * For each setting the domains of its three plots. All accuracies share one; so do all losses and all costs, but for
 * settings whose values are far above the others', as with a learning rate that is too high.
 */
export function settingDomains(
  settings: readonly SettingResult[],
  classes?: number,
): readonly SettingDomains[] {
  const accuracy = domainOf(settings, "accuracy", classes);
  const highest = settings.map((setting) => Math.max(...extents(setting, "loss"), ...extents(setting, "cost")));
  const median = highest.toSorted((a, b) => a - b)[Math.floor((highest.length - 1) / 2)] ?? 0;
  const isOwn = highest.map((value) => value > OWN_RATIO * median);
  const shared = (name: SettingQuantity): SharedDomain =>
    domainOf(
      settings.filter((_, index) => !isOwn[index]),
      name,
      classes,
    );
  const [loss, cost] = [shared("loss"), shared("cost")];
  return settings.map((setting, index) => {
    if (!isOwn[index]) return { loss, cost, accuracy };
    const own = (name: SettingQuantity): SharedDomain => ({
      ...domainOf([setting], name, classes),
      isOwn: true,
    });
    return { loss: own("loss"), cost: own("cost"), accuracy };
  });
}

function domainOf(
  settings: readonly SettingResult[],
  name: SettingQuantity,
  classes: number | undefined,
): SharedDomain {
  const quantity = describeQuantity(name, { classes });
  const values = settings.flatMap((setting) => extents(setting, name).map((value) => value * quantity.factor));
  const { domain, scale } = valueAxis(values, quantity, MOST_TICKS);
  return { domain, scale };
}

/** Lower and upper ends of a setting's bands, or its values where there are none, as measured. */
function extents({ curves, figures }: SettingResult, quantity: SettingQuantity): number[] {
  const test = figures[`test/${quantity}`];
  return [
    curves[`train/${quantity}`],
    curves[`validation/${quantity}`],
    test && { mean: [test.mean], deviation: [test.deviation] },
  ].flatMap((curve) =>
    (curve?.mean ?? []).flatMap((mean, index) => {
      const deviation = curve?.deviation[index] ?? 0;
      return mean === null || !Number.isFinite(mean) ? [] : [mean - deviation, mean + deviation];
    }),
  );
}
