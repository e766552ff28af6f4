// What training loops print, as templates: a tag in braces stands for a value that is to come out under this tag, at the place
// that the line counts. Lines as in tutorials, papers' code and frameworks, made up anew.
import { describe, expect, it } from "vitest";
import { TableBuilder } from "../meaning/run-table.ts";
import { createLineReader } from "./line-entries.ts";

const EPOCHS = 4;

/** By epoch from 1, or from 0 where `{e0}` counts. */
const BY_EPOCH: readonly string[] = [
  "  Epoch 00{e} | Train Loss: {train/loss} | Val Loss: {validation/loss} | Time: 12s",
  "Epoch {e} | Time: {-}s | Train Loss: {train/loss} | Val Loss: {validation/loss}",
  "Epoch {e} | Train Loss: {train/loss} Acc: {train/accuracy}% | Test Loss: {test/loss} Acc: {test/accuracy}%",
  "Epoch: {e}, Steps: 120 | Train Loss: {train/loss} Vali Loss: {validation/loss} Test Loss: {test/loss}",
  "Epoch [0{e}/0{n}] (12.1s) | Train Loss: {train/loss} (bin: {train/bin}, cat: {train/cat}) | Val Loss: {validation/loss}",
  "Epoch {e}/{n} - 12.31s - train_loss: {train/loss}, train_acc: {train/accuracy}, val_loss: {validation/loss}",
  "Epoch: {e} \tTraining Loss: {train/loss} \tValidation Loss: {validation/loss}\nValidation loss decreased (0.9 --> 0.8).  Saving model ...",
  "[Epoch {e}/{n}] [Train loss: {train/loss}] [Validation loss: {validation/loss}] [Best epoch: 1]",
  "2024-01-01 12:00:00,123 - INFO - Epoch {e} done | loss={train/loss} acc={train/accuracy}",
  "INFO:trainer:Epoch {e}/{n}:\nINFO:trainer:  Train Loss: {train/loss}\nINFO:trainer:  Val Loss: {validation/loss}",
  "2024-01-01 12:00:00.123 | INFO     | __main__:train:120 - Epoch {e}/{n} - loss: {train/loss} - val_loss: {validation/loss}",
  "I0101 12:00:00.123456 140 train.py:120] epoch {e}: loss={train/loss} acc={train/accuracy}",
  "[2024-01-01 12:00:00,123][trainer][INFO] - epoch: {e}, loss: {train/loss}, val_loss: {validation/loss}",
  "epoch:{e0} loss:{train/loss} valid_acc:{validation/accuracy} best_acc:{-}",
  "Epoch {e} - Avg Loss: {train/loss}",
  "Epoch {e}/{n} completed. Average Loss: {train/loss}",
  "====> Epoch: {e} Average loss: {train/loss}\n====> Test set loss: {test/loss}",
  "\n 90%|█████████ | 9/10 [37:37<04:11, 251.51s/it]epoch: {e}, train loss: {train/loss}, valid loss: {validation/loss}, time: 250.9sec",
  "[TRAIN] Epoch {e} avg loss: {train/loss}\n[VAL] Epoch {e} avg loss: {validation/loss} dice: {validation/dice}",
  "Epoch {e}\n----------\ntrain Loss: {train/loss} Acc: {train/accuracy}\nval Loss: {validation/loss} Acc: {validation/accuracy}\n",
  "Epoch {e}:\n  Training   - Loss: {train/loss}\n  Validation - Loss: {validation/loss}",
  "Epoch: 0{e} | Epoch Time: 0m 12s\n\tTrain Loss: {train/loss} | Train PPL: {train/PPL}\n\t Val. Loss: {validation/loss} |  Val. PPL: {validation/PPL}",
  "epoch={e} loss={train/loss} acc={train/accuracy}",
  "Run: 01, Epoch: 0{e}, Loss: {train/loss}, Train: {train/accuracy}%, Valid: {validation/accuracy}% Test: {test/accuracy}%",
  "Epoch: 000{e} loss_train: {train/loss} acc_train: {train/accuracy} loss_val: {validation/loss} acc_val: {validation/accuracy} time: 0.0121s",
  "In epoch {e}, loss: {train/loss}, val acc: {validation/accuracy} (best {-}), test acc: {test/accuracy} (best {-})",
  "epoch {e}  | loss: {train/loss} | train_auc: {train/auc} | valid_auc: {validation/auc} |  0:00:12s",
  "Epoch {e}/{n} [Train]: 100%|██████████| 30/30 [00:12<00:00,  2.50it/s, loss={train/loss}]\nEpoch {e}/{n} [Val]: 100%|██████████| 3/3 [00:02<00:00,  2.50it/s, loss={validation/loss}]",
  "Epoch {e}/{n} ━━━━━━━━━━━━━━━━ 30/30 0:00:01 • 0:00:00 31.21it/s v_num: 0.000 train_loss: {train/loss} val_loss: {validation/loss}",
  "Epoch {e}. Train loss: {train/loss}. Val loss: {validation/loss}. Val acc: {validation/accuracy}.",
  "Epoch {e} of {n} took 1.234s\n  training loss:\t\t{train/loss}\n  validation loss:\t\t{validation/loss}",
  "Epoch [{e0}], last_lr: {learning_rate}, train_loss: {train/loss}, val_loss: {validation/loss}",
  "Epoch[{e0}] Train-accuracy={train/accuracy}\nEpoch[{e0}] Time cost=12.1\nEpoch[{e0}] Validation-accuracy={validation/accuracy}",
  "[epoch {e}] loss: {train/loss}\n[epoch {e}] val: mrr {validation/mrr} hits@1 {validation/hits@1}",
  "epoch {e} , loss is {train/loss} , accuracy is {train/accuracy}",
  "Loss after epoch {e}: {train/loss}",
  "Epoch {e} train loss: {train/loss} eval: 12.5s",
  "Epoch {e} train loss: {train/loss} eval: 2.5 minutes",
  "Epoch {e} train loss: {train/loss}, val: 12.5 MB",
  "Epoch {e} train loss {train/loss} valid 100 images",
  "Epoch {e} train loss {train/loss} valid 300 batches, test 200 batches",
  "Epoch {e} train loss: {train/loss}, val: 100/400",
  "Epoch {e} train: 400 images, val: 100 images, loss: {train/loss}",
  "Epoch {e} train loss {train/loss} valid {validation/loss} lr {learning_rate}",
  "Epoch {e} train loss: {train/loss}, val: {validation/loss} (12.5s)",
  "The loss at epoch {e} is {train/loss}",
  "[GPU0] Epoch {e} | Batchsize: 32 | Steps: 64 | Loss {train/loss}",
  "Epoch {e} | iter 100 step 10 | loss train: {train/loss}, val: {validation/loss} | iter time: 12.12 ms (step)",
  "EPOCH {e}:\nLOSS train {train/loss} valid {validation/loss}",
  "Epoch{e}: loss={train/loss}",
  "epoch_{e}: loss={train/loss}",
  "epoch-{e} loss: {train/loss}",
  "Epoch <{e}>: loss {train/loss}",
  "Epoch ({e}/{n}): loss={train/loss}",
  " > EPOCH: {e0}/1000\n\n > TRAINING (2024-01-01 12:00:00) \n\n     | > loss_gen: 2.1234  ({train/loss_gen})\n\n > EVALUATION \n\n     | > avg_loss_gen: {validation/loss_gen} (+0.0000)",
  "train          Epoch   {e0}:  100%|█████████████| 100/100 [00:10<00:00,  9.12ba/s, loss/train/total={train/loss/total}]\neval           Epoch   {e0}:  100%|█████████████| 10/10 [00:01<00:00,  9.12ba/s, metrics/eval/MulticlassAccuracy={validation/MulticlassAccuracy}]",
  "Epoch {e}\nCurrent learning rate: {learning_rate}\ntrain_loss {train/loss}\nval_loss {validation/loss}",
  "[ Train | 00{e}/00{n} ] loss = {train/loss}, acc = {train/accuracy}\n[ Valid | 00{e}/00{n} ] loss = {validation/loss}, acc = {validation/accuracy}",
  "End of epoch {e} / {n} \t Time Taken: 12 sec\nval loss: {validation/loss}",
  "After epoch {e}: train accuracy {train/accuracy}, test accuracy {test/accuracy}",
  "(epoch: {e}, iters: 100, time: 0.121, data: 0.121) G_GAN: {train/G_GAN} D_real: {train/D_real} ",
  "Epoch {e} CV info cv_loss {validation/loss}",
  "Epoch: {e} DEV : loss {validation/loss} - f1-score (micro avg)  {validation/micro_avg_f1-score}",
  "Epoch: [{e0}] mAP(0.50, 11point) = {validation/mAP}%",
  "Epoch: 00{e}, Loss: {train/loss}, Train: {train/accuracy}, Val: {validation/accuracy}, Test: {test/accuracy}",
  "Epoch 0000{e} | Time(s) 0.0123 | Loss {train/loss} | TrainAcc {train/accuracy} | ValAcc {validation/accuracy}",
  "Train {e0}, loss: {train/loss}, train acc: {train/accuracy}\nTest {e0}, loss: {test/loss}, test acc: {test/accuracy}",
  "epoch {e} loss: [{train/loss/0}, {train/loss/1}] val_loss: [{validation/loss/0} {validation/loss/1}]",
  "Epoch {e} loss tensor({train/loss}, grad_fn=<NllLossBackward0>) acc tensor({train/accuracy})",
  "epoch={e0}: train_ppl=tensor({train/ppl}, device='cuda:0') eval_ppl=tensor({validation/ppl}, device='cuda:0')",
  "Epoch: {e}   Train: (loss = {train/loss}f0, acc = {train/accuracy})   Test: (loss = {test/loss}f0, acc = {test/accuracy})",
  "epoch {e0}: perplexity: {validation/perplexity} eval_loss: {validation/loss}",
  "Epoch {e}: error = {train/error}",
  "\nEpoch: {e0}\n [==== 391/391 ====>]  Step: 12ms | Loss: {train/loss} | Acc: {train/accuracy}% (16/128)\n [==== 100/100 ====>]  Step: 12ms | Loss: {test/loss} | Acc: {test/accuracy}% (45/100)",
  "Epoch: {e}, loss = {train/loss}\n***** Evaluating perplexity, Epoch {e}/{n} *****\nppl: {validation/ppl}, loss: {validation/loss}",
  "Epoch：{e}，Loss：{train/loss}，Acc：{train/accuracy}",
  "Training Epoch: {e}/{n}, step 99/100 completed (loss: {train/loss}): 100%|██████████| 100/100 [02:12<00:00,  1.25s/it]\nevaluating Epoch: 100%|██████████| 10/10 [00:05<00:00,  2.12it/s]\n eval_ppl=tensor({validation/ppl}, device='cuda:0')",
  "[rank:0] [train], epoch: {e0}/50, iter: 9/9, loss: {train/loss}, top1: {train/top1}\n[rank:0] [eval], epoch: {e0}/50, iter: 9/9, loss: {validation/loss}",
  "Epoch {e}/{n}\nstep 938/938 [====================] - loss: {train/loss} - acc: {train/accuracy} - 11ms/step\nEval begin...\nstep 157/157 [====================] - loss: {validation/loss} - acc: {validation/accuracy} - 5ms/step\nEval samples: 10000",
  '{"epoch": {e}, "metrics": {"train_loss": {train/loss}, "val_loss": {validation/loss}}}',
];

/** By step. */
const BY_STEP: readonly string[] = [
  "step: {s}, train_loss: {train/loss}, acc: {train/accuracy}, val_loss: {validation/loss},  lr: {learning_rate}",
  "Step {s}/{S} - Loss: {train/loss}",
  "{s}/{S}: loss={train/loss}",
  "Training {s}/{S}: loss {train/loss}",
  "{s}/{S}, train_loss: {train/loss}",
  "Train {s}/{S} loss: {train/loss}\nVal 10/20 loss: {validation/loss}",
  "Train {s}/{S} loss: {train/loss}\nTest: 20/20, acc: {test/accuracy}",
  "Train step {s}/{S} loss: {train/loss}\nValidation step 10/20 loss: {validation/loss}",
  "Train step {s}/{S} loss: {train/loss}\nEval iter 900/1000 loss: {validation/loss}",
  "[2024-01-01 12:05:00] Ep. 1 : Up. {s} : Sen. 121,212 : Cost {train/cost} * 1,212,121 after 1,212,121 : Time 121.12s",
  "\rSteps:  25%|██        | {s}/{S} [00:05<00:15,  3.10it/s, loss={train/loss}]",
  "\rTraining progress:  25%|██        | {s}/{S} [00:05<00:15,  3.10it/s, Loss={train/loss}]",
  "[INFO] Ball. Step: {s}. Time Elapsed: 21.543 s. Mean Reward: {train/reward}. Training.",
  "Episode {s}\tAverage Score: {train/score}",
  "episode: {s}/{S}, score: {train/score}",
  "Cost after iteration {s}: {train/cost}",
  "Iteration: {s}. Loss: {train/loss}. Accuracy: {train/accuracy}",
  "iter {s}: loss {train/loss}, time 123.12ms, mfu 12.12%",
  "(Iteration {s} / {S}) loss: {train/loss}",
  "Step {s} | loss {train/loss} | lr {learning_rate} | norm {train/norm} | dt 12.12ms | tok/sec 12121.12",
  "global_step={s}, episodic_return={train/episodic_return}",
  "[rank0]:[titan] 2024-01-01 12:00:00,123 - root - INFO - step: {s}  loss:  {train/loss}  grad_norm:  {train/grad_norm}  memory: 12.12GiB(12.12%)  tps: 1,212  tflops: 12.12  mfu: 12.12%",
  "Iter {s}: Train loss {train/loss}, Learning Rate {learning_rate}, It/sec 0.121, Tokens/sec 121.1, Trained Tokens 12121, Peak mem 12.12 GB\nIter {s}: Val loss {validation/loss}, Val took 12.121s",
  "At iteration {s}/300/300, Mean rms={train/rms}%, delta=30.1%, char train={train/char}%, word train={train/word}%, New worst char error = 80.1 wrote checkpoint.",
  "LOG (train[5.5]:Print():nnet.cc:123) Average objective function for 'output' for minibatches 0-{s} is {train/objective} over 12800 frames.",
  "iteration {s}/{S} | lm loss: {train/lm_loss} |\n validation loss at iteration {s} | lm loss value: {validation/lm_loss} | lm loss PPL: {validation/lm_loss_PPL} | ",
  "[{s}]\tvalid_set's binary_logloss: {validation/binary_logloss}",
  "[t-SNE] Iteration {s}: error = {train/error}, gradient norm = {train/gradient_norm} (50 iterations in 1.234s)",
  "                 Learning iteration {s}/1500                        \n\n               Value function loss: {train/value_function_loss}\n                 Mean reward: {train/reward}\n",
  "Episode {s}\tAverage Score: {train/score}\nsolved in 321 episodes!\tAverage Score: 13.02",
  "10:21:33 | time:10s total_steps:20\n    loss    lr token_acc updates\n   {train/loss} {learning_rate} {train/token_acc}  {s}",
  "[batch={s}/{S}]:\n\t Train time/epoch: 0\n\t Train loss/train/total: {train/loss/total}\n[Eval batch=1/10] Eval on eval data\n\t Eval metrics/eval/CrossEntropy: {validation/CrossEntropy}",
];

describe("what loops print", () => {
  it.each(BY_EPOCH)("%s", (template) => {
    const first = template.includes("{e0}") ? 0 : 1;
    expectCurves(template, "epoch", (index) => index + first);
  });

  it.each(BY_STEP)("%s", (template) => {
    expectCurves(template, "step", (index) => 100 * (index + 1));
  });

  it.each([
    { batches: [0, 50, 100, 150, 187], last: 187 / 188 },
    { batches: [0, 100, 199], last: 199 / 200 },
    { batches: [0, 50, 100, 150], last: 150 / 200 },
    { batches: [50, 100, 150, 187], last: 1 },
  ])("of an epoch whose length isn't said, batches $batches lie in it", ({ batches, last }) => {
    const lines = [0, 1, 2].flatMap((epoch) =>
      batches.map((batch) => `epoch ${epoch} batch ${batch} loss 0.5`),
    );
    const xs = curvesOf(lines.join("\n"))
      .curves.get("train/loss")
      ?.map(([x]) => x);
    const ends = xs?.filter((_, index) => index % batches.length === batches.length - 1);
    expect(ends).toEqual([last, 1 + last, 2 + last]);
  });

  it("batches that are told behind their figures are parts of the epoch above", () => {
    const lines = [1, 2].flatMap((epoch) => [
      `Epoch ${epoch}\n-------------------------------`,
      ...[1, 2].map((part) => `loss: ${(2 / (epoch + part)).toFixed(6)}  [${3000 * part}/ 6000]`),
      `Test Error: \n Accuracy: ${epoch}0.0%, Avg loss: 0.5 `,
    ]);
    const { axis, curves } = curvesOf(lines.join("\n"));
    expect(axis).toBe("epoch");
    expect(curves.get("train/loss")?.map(([x]) => x)).toEqual([0.5, 1, 1.5, 2]);
    expect(curves.get("test/accuracy")).toEqual([[1, 10], [2, 20]]); // biome-ignore format: points read better in a line
  });

  it("iterations that go on from epoch to epoch are steps", () => {
    const lines = [1, 1, 2, 2, 3].flatMap((epoch, index) => [
      `[TRAIN] epoch: ${epoch}, iter: ${10 * (index + 1)}/1000, loss: 0.5, lr: 0.01`,
      "76/76 [==============================] - 5s 66ms/step - batch_cost: 0.0658",
      `[EVAL] #Images: 76 mIoU: 0.${index}`,
    ]);
    const { axis, curves } = curvesOf(lines.join("\n"));
    expect(axis).toBe("step");
    expect(curves.get("train/loss")?.map(([x]) => x)).toEqual([10, 20, 30, 40, 50]);
    expect(curves.get("validation/mIoU")?.map(([x]) => x)).toEqual([10, 20, 30, 40, 50]);
  });

  it("rows that are numbered by pandas", () => {
    const rows = [
      "   epoch  train_loss  val_loss",
      "0      1      0.5123    0.6123",
      "1      2      0.4123    0.5623",
    ];
    const { curves } = curvesOf(rows.join("\n"));
    expect(curves.get("train/loss")).toEqual([[1, 0.5123], [2, 0.4123]]); // biome-ignore format: points read better in a line
  });

  it("a table below a header whose names are one blank apart", () => {
    const rows = ["epoch train_loss val_loss", "1 0.5 0.6", "2 0.4 0.5"];
    expect(curvesOf(rows.join("\n"))).toEqual({
      axis: "epoch",
      curves: new Map([
        ["train/loss", [[1, 0.5], [2, 0.4]]], // biome-ignore format: points read better in a line
        ["validation/loss", [[1, 0.6], [2, 0.5]]], // biome-ignore format: points read better in a line
      ]),
    });
  });
});

describe("what is printed beside a training", () => {
  const TRAINING = "Epoch 1 loss: 0.52 acc: 0.9\nEpoch 2 loss: 0.42 acc: 0.95\n";
  const REPORT =
    "              precision    recall  f1-score   support\n\n           0       0.97      0.98      0.97       980\n           1       0.96      0.98      0.97      1135\n\n";
  const FRAME = "   mean radius  mean texture\n0        17.99         10.38\n1        20.57         17.77\n";
  const BENCHMARK = "1 0.523\n2 0.519\n4 0.301\n";
  const SERIES = "0    0.5\n1    0.25\nName: x, dtype: float64\n";
  const SECONDS = "Timing:\n  step: 0.25\n  forward: 0.1\n";
  const MEMORY = "Memory per rank (MB):\n  step: 12\n  rank0: 100\n";

  it.each([
    ["a report of classes below", TRAINING + REPORT],
    ["a report of classes above", REPORT + TRAINING],
    ["the head of a data frame above", FRAME + TRAINING],
    ["a series above, after a line of text", `Data is read\n${SERIES}${TRAINING}`],
    ["a benchmark above", `Threads and seconds:\n${BENCHMARK}${TRAINING}`],
    ["a benchmark below", TRAINING + BENCHMARK],
    ["how long its parts took", TRAINING + SECONDS],
    ["how long its parts took, above", SECONDS + TRAINING],
    ["what memory it took", TRAINING + MEMORY],
    ["what memory it took, above", MEMORY + TRAINING],
  ])("leaves its curves as they are: %s", (_, text) => {
    const { axis, curves } = curvesOf(text);
    expect(axis).toBe("epoch");
    expect(curves.get("train/loss")).toEqual([[1, 0.52], [2, 0.42]]); // biome-ignore format: points read better in a line
    expect(curves.get("train/acc") ?? curves.get("train/accuracy")).toEqual([[1, 0.9], [2, 0.95]]); // biome-ignore format: points read better in a line
    expect([...curves.keys()].filter((tag) => /column|support|forward/.test(tag))).toEqual([]);
  });

  it("seconds of splits are no accuracies", () => {
    const { curves } = curvesOf("Epoch 1 Loss: 0.5, Train: 12, Val: 3, Test: 5\n");
    expect(curves.get("train/loss")).toEqual([[1, 0.5]]);
    expect([...curves.keys()].filter((tag) => tag.endsWith("accuracy"))).toEqual([]);
  });

  it.each([
    ["a report of classes", REPORT],
    ["a data frame", FRAME],
    ["two tables", `Threads:\n${BENCHMARK}Again:\n${BENCHMARK}`],
  ])("is no training by itself: %s", (_, text) => {
    expect([...curvesOf(text).curves.keys()]).toEqual([]);
  });

  it("rows alone are told as they come", () => {
    const reader = createLineReader();
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    reader.push(bytes("# made by a script\n1 0.5\n"));
    expect(reader.push(bytes("2 0.4\n"))).toHaveLength(2);
    expect(reader.push(bytes("3 0.3\n"))).toHaveLength(1);
  });

  it("so many rows below other text are no data frame", () => {
    const rows = Array.from({ length: 70 }, (_, index) => `${index} ${(1 / (index + 1)).toFixed(4)}`);
    expect(curvesOf(`Begins\n${rows.join("\n")}`).curves.get("train/column_2")).toHaveLength(70);
  });
});

/** Reads the template with other values in each of its rounds, and expects them as they were put in. */
function expectCurves(template: string, axis: "epoch" | "step", xOf: (round: number) => number): void {
  const expected = new Map<string, [number, number][]>();
  let text = "";
  for (let round = 0; round < EPOCHS; round++) {
    let place = 0;
    text += template.replace(/\{([a-zA-Z0-9_@/-]+)\}/g, (_, name: string) => {
      const counters: Record<string, number> = {
        e: round + 1,
        e0: round,
        n: EPOCHS,
        s: 100 * (round + 1),
        S: 400,
      };
      const counter = counters[name];
      if (counter !== undefined) return String(counter);
      const value = (100 * round + 7 * ++place + 11) / 1000;
      if (name !== "-") expected.set(name, [...(expected.get(name) ?? []), [xOf(round), value]]);
      return value.toFixed(4);
    });
    text += "\n";
  }
  const found = curvesOf(text);
  expect(found.axis).toBe(axis);
  expect(found.curves).toEqual(expected);
}

function curvesOf(text: string): { axis: string; curves: Map<string, number[][]> } {
  const builder = new TableBuilder();
  const reader = createLineReader();
  builder.push(reader.push(new TextEncoder().encode(text)));
  builder.push(reader.end());
  const { axis, series } = builder.end();
  const curves = new Map(
    series.map((one) => {
      const { xs, ys } = one.points();
      return [one.tag, xs.map((x, index) => [x, ys[index] ?? Number.NaN])];
    }),
  );
  return { axis, curves };
}
