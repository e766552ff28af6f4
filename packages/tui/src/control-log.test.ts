import { describe, expect, it } from "vitest";
import { createControlLog } from "./control-log.ts";
import { at, control, epochEvents, runStart } from "./dashboard/testing/events.ts";

describe("control log", () => {
  it("keeps how the run began and its controls; nothing where no setting was changed", () => {
    const change = { action: "lambda", from: 0.1, to: 0.5, epoch: 2, batch: 34 } as const;
    const begin = at(0, runStart());
    const pause = at(1, control("pause", 2, 3));
    const changed = at(2, { type: "control", ...change });
    const log = createControlLog();
    for (const event of [begin, ...epochEvents(1), pause]) log.add(event);
    expect(log.text()).toBeUndefined();
    log.add(changed);
    const lines = (log.text() ?? "").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([begin, pause, changed]);
  });

  it("a stop alone is no change", () => {
    const log = createControlLog();
    log.add(at(0, control("stop", 2, 3)));
    expect(log.text()).toBeUndefined();
  });
});
