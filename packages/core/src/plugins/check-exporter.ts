// The check of an exporter's fields.
import { bad, nameOf, requireKind, requireKnown } from "./check-fields.ts";
import type { Exporter } from "./exporter.ts";

const HOOKS = ["onEpoch", "onExamination", "onEnd"] as const;
const FIELDS = ["name", "critical", "examine", "connect", ...HOOKS];

/** Throws `BAD_PLUGIN` where a field is missing, unknown or of the wrong kind. */
export function checkExporter(exporter: Exporter): void {
  const where = nameOf("exporter", exporter);
  // An instance of a class may have fields of its own.
  if (Object.getPrototypeOf(exporter) === Object.prototype) requireKnown(where, exporter, FIELDS);
  requireKind(where, "critical", exporter.critical, "boolean");
  requireKind(where, "examine", exporter.examine, "boolean");
  const fields = exporter as unknown as Readonly<Record<string, unknown>>;
  for (const name of ["connect", ...HOOKS]) requireKind(where, name, fields[name], "function");
  const hooks = HOOKS.filter((name) => fields[name] !== undefined);
  if (fields.connect === undefined && hooks.length === 0) {
    throw bad(where, `it has none of connect, ${HOOKS.join(", ")}; expected one of them`);
  }
  if (fields.connect !== undefined && hooks.length > 0) {
    throw bad(where, `it has connect and ${hooks.join(", ")}; expected connect, or hooks alone`);
  }
  if (fields.onExamination !== undefined && exporter.examine !== true) {
    throw bad(where, "it has onExamination, and examine isn't true: nothing would be examined", {
      hint: "Add examine: true.",
    });
  }
}
