// Tells a person when a run has ended, diverges, or nothing has come of it for long.
import { defineFactory, type StreamExporter } from "@trainscope/core";
import { concat, defer, finalize, ignoreElements, tap } from "rxjs";
import * as z from "zod";
import { createNotifier } from "../notify/notifier.ts";
import { parseTarget } from "../notify/target.ts";

const targets = z.preprocess(
  (given) => (Array.isArray(given) ? given : [given]),
  z
    .array(
      z.string("expected bell, desktop, an http(s) address or a command").transform((text, context) => {
        try {
          return parseTarget(text);
        } catch (error) {
          context.addIssue({ code: "custom", message: (error as Error).message });
          return z.NEVER;
        }
      }),
    )
    .min(1, "expected at least one"),
);

/**
 * `to` is "bell", "desktop", an http(s) address that is posted to, or a command, which has the words in
 * `TRAINSCOPE_MESSAGE`; or a list of these: as `train --notify` takes them.
 *
 * @throws TrainscopeError `BAD_PLUGIN` where it is none of them
 */
export const notificationExporter: (options: { readonly to: string | readonly string[] }) => StreamExporter =
  defineFactory("notification", z.strictObject({ to: targets }), ({ to }) => ({
    name: "notification",
    connect: (events, run) =>
      defer(() => {
        const notifier = createNotifier(to, { source: `run ${run.runId}` });
        const heard = events.pipe(
          tap((event) => notifier.take(event)),
          ignoreElements(),
        );
        // The run waits for what is on its way.
        const brought = defer(() => notifier.close()).pipe(ignoreElements());
        return concat(heard, brought).pipe(finalize(() => void notifier.close()));
      }),
  }));
