// Loaded before a program: prints the most memory that it ever held, in MB, as the last line of stderr.
process.on("exit", () => process.stderr.write(`${process.resourceUsage().maxRSS / 1024}\n`));
