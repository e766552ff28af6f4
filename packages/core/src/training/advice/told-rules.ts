// Rules that are asked together: each says its thing once, until it has passed.
import type { AlertCode, AlertEvent } from "../../events.ts";
import type { Conditions, EpochFigures, Rule } from "./rule.ts";

export type Advice = Pick<AlertEvent, "level" | "code" | "message">;

export interface ToldRule {
  readonly code: AlertCode;
  readonly look: Rule;
  isTold: boolean;
}

/** In their order: that of the learning rate comes first, as the others are silent where it speaks. */
export function askRules(
  rules: readonly ToldRule[],
  figures: EpochFigures,
  conditions: Conditions,
): readonly Advice[] {
  return rules.flatMap((rule) => {
    const finding = rule.look(figures, conditions);
    if (finding === "over") rule.isTold = false;
    if (finding === undefined || finding === "over" || rule.isTold) return [];
    // A loss that jumps makes whatever else could be said of it uncertain.
    if (rules.some(({ code, isTold }) => code === "learning-rate-high" && isTold)) return [];
    rule.isTold = true;
    return [{ level: "warning", code: rule.code, message: finding.message }];
  });
}
