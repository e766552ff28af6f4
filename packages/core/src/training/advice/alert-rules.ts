// Rules that are asked together: each says its thing once, until it has passed.
import type { AlertCode, AlertEvent } from "../../events.ts";
import type { Conditions, EpochFigures, Rule } from "./rule.ts";

export type Advice = Pick<AlertEvent, "level" | "code" | "message">;

export interface AlertRule {
  readonly code: AlertCode;
  readonly look: Rule;
  isActive: boolean;
}

/** In their order: that of the learning rate comes first, as the others are silent where it speaks. */
export function askRules(
  rules: readonly AlertRule[],
  figures: EpochFigures,
  conditions: Conditions,
): readonly Advice[] {
  return rules.flatMap((rule) => {
    const finding = rule.look(figures, conditions);
    if (finding === "over") rule.isActive = false;
    if (finding === undefined || finding === "over" || rule.isActive) return [];
    // A loss that jumps makes whatever else could be said of it uncertain.
    if (rules.some(({ code, isActive }) => code === "learning-rate-high" && isActive)) return [];
    rule.isActive = true;
    return [{ level: "warning", code: rule.code, message: finding.message }];
  });
}
