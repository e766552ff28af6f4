// A sweep on a queue whose workers are killed, stopped, or crash: it ends, counts each training once, and comes to the table of
// one undisturbed machine.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./support/command.ts";
import {
  createFaults,
  ended,
  expectCountedOnce,
  lastBegun,
  modelsIn,
  STUDY,
  SWEEP,
  startWorker,
  TITLES,
  tableIn,
  toldIn,
  trainedBy,
  undisturbed,
} from "./support/queued-sweep.ts";
import { hasRedis, startRedis } from "./support/redis.ts";
import { type Started, start } from "./support/started.ts";

/** Waited for three times, one after another. */
const POISONED_LOCK = "4";
/** Of workers. */
const KILLS = 4;

describe.skipIf(!hasRedis)("a sweep on a queue", () => {
  it("comes to the same bits where one of three workers is killed again and again, and trains nothing twice", async () => {
    const home = temporaryFolder();
    const [out, store] = [join(home, "sweep"), join(home, "store")];
    const redis = await startRedis();
    const { environment, struck, resumed } = createFaults(join(home, "faults"), "SIGKILL", KILLS);
    const workers: Started[] = [];
    let deaths = 0;
    const sweep = start([...SWEEP, ...STUDY, "--out", out, "--queue", redis.url]);
    let isOver = false;
    // As what starts a worker anew when it ends.
    const service = async (): Promise<void> => {
      while (!isOver) {
        const worker = startWorker(redis.url, store, undefined, { environment });
        workers.push(worker);
        if ((await Promise.race([worker.ended, sweep.ended])) === "SIGKILL") deaths++;
      }
    };
    const services = [service(), service(), service()];
    expect(await sweep.ended).toBe(0);
    isOver = true;
    await Promise.all(services);
    expect(deaths).toBe(KILLS);
    const { table, models } = await undisturbed();
    expect(tableIn(out)).toEqual(table);
    expect(modelsIn(store)).toEqual(models);
    expectCountedOnce(out);
    expect(trainedBy(workers)).toEqual(TITLES);
    // What was under way went on from its checkpoint.
    expect(struck()).toHaveLength(KILLS);
    expect(resumed()).toEqual(struck());
  });

  it("counts once what a worker trains that was stopped past its lock and woken", async () => {
    const home = temporaryFolder();
    const [out, store] = [join(home, "sweep"), join(home, "store")];
    const redis = await startRedis();
    const { environment, struck } = createFaults(join(home, "faults"), "SIGSTOP", 1);
    const sleeper = startWorker(redis.url, store, undefined, { environment });
    const sweep = start([...SWEEP, ...STUDY, "--out", out, "--queue", redis.url]);
    while (struck().length === 0) await setTimeout(50);
    await sleeper.told('"type":"trial:start"');
    const title = lastBegun(sleeper) as string;
    const other = startWorker(redis.url, store);
    const isDoneByOther = (): boolean => ended(other.stdout()).some(({ task }) => task?.title === title);
    for (let times = 1; !isDoneByOther(); times++) await other.told('"type":"trial:end"', times);
    sleeper.child.kill("SIGCONT");
    expect(await sweep.ended).toBe(0);
    const { table, models } = await undisturbed();
    expect(tableIn(out)).toEqual(table);
    expect(modelsIn(store)).toEqual(models);
    expectCountedOnce(out);
    sleeper.child.kill("SIGTERM");
    expect(await sleeper.ended).toBe(0);
    // It may end with what was taken from it, which nobody waits for any more.
    const bySleeper = trainedBy([sleeper]).filter((one) => one !== title);
    expect([...bySleeper, ...trainedBy([other])].sort()).toEqual(TITLES);
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
        const worker = startWorker(redis.url, store, POISONED_LOCK, { environment });
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
    const [found, whole] = [tableIn(out).candidates, (await undisturbed()).table.candidates];
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
