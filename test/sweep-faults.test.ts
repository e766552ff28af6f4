// A sweep on a queue whose workers are killed, stopped, or crash: it ends, counts each training once, and comes to the table of
// one undisturbed machine.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./support/command.ts";
import {
  expectCountedOnce,
  lastBegun,
  STUDY,
  SWEEP,
  startWorker,
  tableIn,
  toldIn,
  undisturbed,
} from "./support/queued-sweep.ts";
import { hasRedis, startRedis } from "./support/redis.ts";
import { type Started, start } from "./support/started.ts";

const KILLS = 6;

describe.skipIf(!hasRedis)("a sweep on a queue", () => {
  it("ends as ever where one of three workers is killed again and again", async () => {
    const home = temporaryFolder();
    const [out, store] = [join(home, "sweep"), join(home, "store")];
    const redis = await startRedis();
    const workers = [1, 2, 3].map(() => startWorker(redis.url, store));
    await Promise.all(workers.map((worker) => worker.told('"type":"worker:start"')));
    const sweep = start([...SWEEP, ...STUDY, "--out", out, "--queue", redis.url]);
    const deaths = new Map<string, number>();
    for (let kill = 0; kill < KILLS; kill++) {
      const worker = workers[kill % 3] as Started;
      const begun = worker.told('"type":"trial:start"', kill < 3 ? 2 : 1);
      if ((await Promise.race([begun, sweep.ended])) !== undefined) break;
      const title = lastBegun(worker) ?? "";
      // After three it would be given up.
      if (deaths.get(title) === 2) continue;
      deaths.set(title, (deaths.get(title) ?? 0) + 1);
      worker.child.kill("SIGKILL");
      expect(await worker.ended).toBe("SIGKILL");
      workers[kill % 3] = startWorker(redis.url, store);
    }
    expect(deaths.size).toBeGreaterThan(1);
    expect(await sweep.ended).toBe(0);
    expect(tableIn(out)).toEqual(await undisturbed());
    expectCountedOnce(out);
  });

  it("counts once what a worker trains that was stopped past its lock and woken", async () => {
    const home = temporaryFolder();
    const [out, store] = [join(home, "sweep"), join(home, "store")];
    const redis = await startRedis();
    const sleeper = startWorker(redis.url, store);
    const sweep = start([...SWEEP, ...STUDY, "--out", out, "--queue", redis.url]);
    await sleeper.told('"type":"trial:start"', 2);
    sleeper.child.kill("SIGSTOP");
    const title = lastBegun(sleeper) as string;
    const other = startWorker(redis.url, store);
    const isDoneByOther = (): boolean =>
      toldIn(other.stdout()).some(({ type, task }) => type === "trial:end" && task?.title === title);
    for (let times = 1; !isDoneByOther(); times++) await other.told('"type":"trial:end"', times);
    sleeper.child.kill("SIGCONT");
    expect(await sweep.ended).toBe(0);
    expect(tableIn(out)).toEqual(await undisturbed());
    expectCountedOnce(out);
    sleeper.child.kill("SIGTERM");
    expect(await sleeper.ended).toBe(0);
  });

  it("gives up a training that always kills its worker after three starts, tells it, and ends", async () => {
    const home = temporaryFolder();
    const [out, store] = [join(home, "sweep"), join(home, "store")];
    const redis = await startRedis();
    const poisoned = "lambda 0.1, eta 0.01, seed 1";
    const environment = killedBy(poisoned, home);
    let deaths = 0;
    let isOver = false;
    const service = async (): Promise<void> => {
      while (!isOver) {
        const worker = startWorker(redis.url, store, undefined, { environment });
        if ((await Promise.race([worker.ended, sweep.ended])) === "SIGKILL") deaths++;
      }
    };
    const sweep = start([...SWEEP, ...STUDY, "--out", out, "--queue", redis.url]);
    const services = [service(), service()];
    expect(await sweep.ended).toBe(0);
    isOver = true;
    await Promise.all(services);
    const lost = toldIn(sweep.stdout()).filter(({ type }) => type === "trial:lost");
    expect(lost.map(({ message }) => message)).toEqual(["given up: 3 starts came to nothing"]);
    expect(deaths).toBe(3);
    const isPoisoned = ({ point }: { readonly point: object }): boolean =>
      JSON.stringify(point) === '{"lambda":0.1,"learningRate":0.01}';
    const [found, whole] = [tableIn(out).candidates, (await undisturbed()).candidates];
    expect(found.find(isPoisoned)?.mean).toBeNull();
    const means = (table: typeof found) => table.filter((one) => !isPoisoned(one)).map(({ mean }) => mean);
    expect(means(found)).toEqual(means(whole));
  });
});

/** The environment in which a worker kills itself as it tells that it has begun with that training. */
function killedBy(title: string, folder: string): Readonly<Record<string, string>> {
  const killer = join(folder, "killer.mjs");
  const source = `
    const write = process.stdout.write.bind(process.stdout);
    process.stdout.write = (text, ...rest) => {
      const isWritten = write(text, ...rest);
      if (/"type":"trial:start"/.test(text) && text.includes(${JSON.stringify(JSON.stringify(title))})) {
        process.kill(process.pid, "SIGKILL");
      }
      return isWritten;
    };`;
  writeFileSync(killer, source);
  return { NODE_OPTIONS: `--import=${pathToFileURL(killer)}` };
}
