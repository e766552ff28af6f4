import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { deliver, type Message } from "./deliver.ts";
import { createNotifier } from "./notifier.ts";
import { describeTarget, parseTarget, type Target } from "./target.ts";

const MESSAGE: Message = { kind: "end", source: "train.py", text: "all epochs done; $(touch pwned)" };

/** A server that answers with the status, and what it was sent. */
async function serve(status: number, headers: Record<string, string> = {}) {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      bodies.push(body);
      response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, bodies };
}

it("a target is a word, an address or a command", () => {
  expect(parseTarget("bell")).toEqual({ kind: "bell" });
  expect(parseTarget(" desktop ")).toEqual({ kind: "desktop" });
  expect(parseTarget("https://example.com/x")).toEqual({ kind: "webhook", url: "https://example.com/x" });
  expect(parseTarget("say done")).toEqual({ kind: "command", command: "say done" });
  for (const wrong of ["", "  ", "ftp://example.com", "https://", "http://a b"]) {
    expect(() => parseTarget(wrong), wrong).toThrow("Expected");
  }
});

it("a webhook's secret isn't told", () => {
  const target = parseTarget("https://hooks.example.com/services/T0/SECRET");
  expect(describeTarget(target)).toBe("the webhook at hooks.example.com");
  for (const secret of ["https://me:SECRET@example.com/x", "https://SECRET@example.com/x"]) {
    expect(() => parseTarget(secret)).toThrow(/^(?!.*SECRET).*a user name or a password/);
  }
});

it.each([
  ["http://me:SECRET@127.0.0.1/hook", "the request failed"],
  // A port that is never posted to.
  ["http://127.0.0.1:1/SECRET", "the request failed"],
])("an address that can't be posted to isn't told: %s", async (url, words) => {
  await expect(deliver({ kind: "webhook", url }, MESSAGE)).rejects.toThrow(
    expect.objectContaining({ message: words }),
  );
});

it("a server that isn't there is told by its code", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  await expect(deliver({ kind: "webhook", url: `http://127.0.0.1:${port}/SECRET` }, MESSAGE)).rejects.toThrow(
    expect.objectContaining({ message: "the request failed with ECONNREFUSED" }),
  );
});

it("a webhook gets JSON that chats show, and a redirect leads nowhere else", async () => {
  const { url, bodies } = await serve(200);
  await deliver({ kind: "webhook", url }, MESSAGE);
  const line = "train.py: all epochs done; $(touch pwned)";
  expect(JSON.parse(bodies[0] ?? "")).toMatchObject({ text: line, content: line, kind: "end" });
  const elsewhere = await serve(200);
  const redirecting = await serve(307, { location: elsewhere.url });
  await expect(deliver({ kind: "webhook", url: redirecting.url }, MESSAGE)).rejects.toThrow("it answered 307");
  expect(elsewhere.bodies).toEqual([]);
});

it("a command has the message in its environment, as data", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trainscope-notify-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "told");
  const command = `printf '%s|%s|%s' "$TRAINSCOPE_KIND" "$TRAINSCOPE_SOURCE" "$TRAINSCOPE_MESSAGE" > '${file}'`;
  await deliver({ kind: "command", command }, MESSAGE);
  expect(readFileSync(file, "utf8")).toBe("end|train.py|all epochs done; $(touch pwned)");
  await expect(deliver({ kind: "command", command: "exit 3" }, MESSAGE)).rejects.toThrow("it ended with 3");
});

it("every target hears of each occasion; one that fails is told once and keeps none of the others", async () => {
  const said: string[] = [];
  const sent: string[] = [];
  const targets: readonly Target[] = [{ kind: "command", command: "broken" }, { kind: "bell" }];
  const notifier = createNotifier(targets, {
    source: "run.jsonl",
    now: () => 0,
    say: (line) => said.push(line),
    async send(target, { text }) {
      if (target.kind === "command") throw new Error("no such program");
      sent.push(text);
    },
  });
  const point = (x: number, loss: number | null) =>
    notifier.take({
      v: 1,
      seq: x,
      runId: "r",
      time: 0,
      type: "point",
      x,
      metrics: { "train/loss": loss },
    });
  for (const [x, loss] of [1, null].entries()) point(x, loss);
  const lost = { type: "alert", level: "warning", code: "diverged", message: "the loss is lost" } as const;
  for (const seq of [2, 3]) notifier.take({ v: 1, seq, runId: "r", time: 0, ...lost });
  notifier.take({ type: "restart" });
  notifier.end("it has ended");
  await notifier.close();
  expect(sent).toEqual(["the loss is lost", "the loss is lost", "it has ended, train/loss -"]);
  expect(said).toEqual(['--notify: the command "broken" can\'t be reached: no such program']);
});
