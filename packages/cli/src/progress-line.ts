// A download's progress: one line that is redrawn on a terminal, a line every ten per cent elsewhere.
import type { DownloadProgress } from "@trainscope/data-cifar";
import { formatDuration } from "@trainscope/tui/text";

const BAR_WIDTH = 24;
const REDRAW_MS = 100;

export function createProgressLine(
  out: { readonly isTTY?: boolean; write(text: string): unknown },
  now: () => number = Date.now,
) {
  let startedAt: number | undefined;
  let startBytes = 0;
  let shownAt = Number.NEGATIVE_INFINITY;
  let shownStep = "";

  function text({ phase, receivedBytes, totalBytes }: DownloadProgress): string {
    if (phase !== "download") return phase === "verify" ? "checking the MD5 sum" : "unpacking";
    const seconds = (now() - (startedAt ?? now())) / 1000;
    const rate = seconds > 0 ? (receivedBytes - startBytes) / seconds : 0;
    const speed = rate > 0 ? `  ${(rate / 1e6).toFixed(1)} MB/s` : "";
    if (totalBytes === null) return `${megabytes(receivedBytes)} MB${speed}`;
    const fraction = Math.min(1, receivedBytes / totalBytes);
    const filled = Math.round(fraction * BAR_WIDTH);
    const bar = "#".repeat(filled) + "-".repeat(BAR_WIDTH - filled);
    const left = rate > 0 ? `  ${formatDuration((1000 * (totalBytes - receivedBytes)) / rate)} left` : "";
    const percent = String(Math.floor(100 * fraction)).padStart(3);
    return `[${bar}] ${percent} %  ${megabytes(receivedBytes)} of ${megabytes(totalBytes)} MB${speed}${left}`;
  }

  return {
    show(progress: DownloadProgress): void {
      if (startedAt === undefined) {
        startedAt = now();
        startBytes = progress.receivedBytes;
      }
      const { phase, receivedBytes, totalBytes } = progress;
      const isCounted = phase === "download" && totalBytes !== null;
      const step = isCounted ? `${phase} ${Math.floor((10 * receivedBytes) / totalBytes)}` : phase;
      if (out.isTTY === true) {
        if (now() - shownAt < REDRAW_MS && step === shownStep) return;
        out.write(`\r\x1b[2K${text(progress)}`);
      } else {
        if (step === shownStep) return;
        out.write(`${text(progress)}\n`);
      }
      shownAt = now();
      shownStep = step;
    },
    end(): void {
      if (out.isTTY === true && startedAt !== undefined) out.write("\n");
    },
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
