// `trainscope data`: what data is there, and fetching what is not.
import type { Command } from "commander";
import type { DownloadFlags, InfoFlags } from "../data/show-data.ts";
import type { ExitStatus } from "../exit-status.ts";
import { addDataFlag, addDataFlags, type DataFlags } from "../flags/data-flags.ts";
import { filled, webAddress } from "../input/parsers.ts";

export function addDataCommand(program: Command, end: (status: ExitStatus) => void): void {
  const data = program.command("data").description("Look at the data, or fetch CIFAR-10.");
  const info = data
    .command("info")
    .description(
      "Show what was found: images of each class, whether files are the official ones, a contact sheet.",
    );
  addDataFlags(info)
    .option(
      "--picture <path>",
      "the contact sheet, .png or .svg (default: contact-sheet.png where PNG can be drawn)",
      filled,
    )
    .action(async (flags: InfoFlags) => end(await (await import("../data/show-data.ts")).showInfo(flags)));
  const verify = data
    .command("verify")
    .description("Say of each file whether it is the official one of CIFAR-10 or CIFAR-100, and what differs.");
  addDataFlag(verify).action(async (flags: Pick<DataFlags, "data">) =>
    end(await (await import("../data/show-data.ts")).verifyFiles(flags.data)),
  );
  data
    .command("download")
    .description(
      "Fetch the official binary archive (163 MB), check it and unpack it. Goes on where it stopped.",
    )
    .option("--to <folder>", "where it is kept (default: the cache folder)", filled)
    .option("--url <url>", "another place to fetch the archive from", webAddress)
    .action(async (flags: DownloadFlags) => end(await (await import("../data/show-data.ts")).download(flags)));
}
