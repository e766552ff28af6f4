// `trainscope sweep`: searches settings, chooses by validation, and reads the test split once, for the winner.
import { REPORTERS } from "@trainscope/tui/choose-reporter";
import { type Command, Option } from "commander";
import type { ExitStatus } from "../../exit-status.ts";
import { addDataFlags } from "../../flags/data-flags.ts";
import { addEngineFlags } from "../../flags/train-flags.ts";
import { filled, nonNegativeInteger, positiveInteger, seedCount, twoOrMore } from "../../input/parsers.ts";
import type { Objective, StrategyName } from "./definition.ts";
import { queuePrefix, USUAL_PREFIX } from "./queue-flags.ts";
import type { SweepFlags, SweptFlags } from "./run-sweep.ts";
import { dimensionReader, SWEPT_FLAGS, type SweptFlag } from "./swept-flags.ts";

// The names are written out, since the module that has them loads the checks of plugins. The type checker holds them complete.
const STRATEGIES: Readonly<Record<StrategyName, true>> = { grid: true, random: true, halving: true, tpe: true };
const OBJECTIVES: Readonly<Record<Objective, true>> = { "validation/accuracy": true, "validation/loss": true };

export function addSweepCommand(program: Command, end: (status: ExitStatus) => void): void {
  const command = program
    .command("sweep")
    .description(
      "Search settings: train many, choose by validation, test the winner. The same command goes on where it stopped.",
    )
    .addHelpText("after", VALUES_HELP);
  addDataFlags(command);
  for (const flag of SWEPT_FLAGS) addSweptFlag(command, flag);
  command
    .option("--epochs <count>", "passes over the training images, in full (default: 40)", positiveInteger)
    .option("--seeds <count>", "train each setting with so many seeds, 1 to 100 (default: 1)", seedCount)
    .option("--seed <number>", "the first seed; the search draws by it, too (default: 0)", nonNegativeInteger)
    .addOption(
      new Option("--strategy <name>", "how settings are chosen (default: random)").choices(
        Object.keys(STRATEGIES),
      ),
    )
    .option("--budget <count>", "settings to try in all (default: 32; a grid: all)", positiveInteger)
    .addOption(
      new Option("--objective <tag>", "what is best is chosen by (default: validation/accuracy)").choices(
        Object.keys(OBJECTIVES),
      ),
    )
    .option(
      "--reduction <factor>",
      "halving: one setting in so many trains on, for so many times the epochs (default: 3)",
      twoOrMore,
    )
    .option(
      "--least-epochs <count>",
      "halving: before a setting is given up (default: epochs / 27)",
      positiveInteger,
    )
    .option(
      "--ahead <count>",
      "halving, tpe: settings that train before the first of them has told; another number is another search (default: 8)",
      positiveInteger,
    );
  addEngineFlags(command)
    .option(
      "--queue <redis>",
      "let workers train, from a queue at redis://HOST:PORT: trainscope worker",
      filled,
    )
    .option("--prefix <name>", "of the study's keys in Redis: one for each study", queuePrefix, USUAL_PREFIX)
    .option("--config <path>", "configuration (default: trainscope.config.* here or above)", filled)
    .addOption(
      new Option("--reporter <kind>", "default: dashboard on a terminal, else lines").choices(REPORTERS),
    )
    .option("--out <folder>", "where the sweep is kept; one that is there goes on", filled, "sweep")
    .action(async (flags: SweepFlags & SweptFlags) => {
      const { runSweep } = await import("./run-sweep.ts");
      end(await runSweep(flags));
    });
}

const VALUES_HELP = `
Values are choices, 0,1e-3,0.1, or a range: log:1e-4..1e-1, linear:0..0.5; a grid takes a point a decade of a
logarithmic range and 5 of a linear one, or as many as follow it: log:1e-4..1e-1/7.`;

function addSweptFlag(command: Command, flag: SweptFlag): void {
  command.option(`--${flag.name} <values>`, flag.description, dimensionReader(flag));
}
