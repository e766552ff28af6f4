// Logs as tools write them, of trainings that never were: for pictures, and to try things with. The same at every call.
import { eventRecord, fileHeader } from "@trainscope/formats/tensorboard";

export interface MadeUpLog {
  /** Of its picture. */
  readonly name: string;
  /** Whose log it is. */
  readonly title: string;
  /** By path below a folder. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** What of it is watched. */
  readonly source: string;
}

export function madeUpLogs(): readonly MadeUpLog[] {
  return [
    { name: "pytorch", title: "a loop that prints", files: { "log.txt": printed() }, source: "log.txt" },
    { name: "keras", title: "Keras' progress bars", files: { "log.txt": keras() }, source: "log.txt" },
    {
      name: "lightning",
      title: "Lightning's CSVLogger",
      files: { "metrics.csv": lightning() },
      source: "metrics.csv",
    },
    {
      name: "transformers",
      title: "Hugging Face's Trainer",
      files: { "log.txt": trainer() },
      source: "log.txt",
    },
    { name: "nanogpt", title: "nanoGPT", files: { "log.txt": nanoGpt() }, source: "log.txt" },
    { name: "detr", title: "DETR's log.txt", files: { "log.txt": detr() }, source: "log.txt" },
    { name: "xgboost", title: "XGBoost", files: { "log.txt": boosting() }, source: "log.txt" },
    { name: "tensorboard", title: "TensorBoard's event files", files: tensorBoard(), source: "runs" },
    { name: "mlflow", title: "MLflow's file store", files: mlflow(), source: "mlruns" },
  ];
}

/** From `high` to `low` as a loss falls, with a little unrest: `t` from 0 to 1. */
function falling(high: number, low: number, t: number, unrest = 0.02): number {
  const wave = Math.sin(57 * t) + Math.sin(131 * t + 1) + Math.sin(313 * t + 2);
  return low + (high - low) * Math.exp(-4.5 * t) * (1 + unrest * wave) + (high - low) * unrest * 0.2 * wave;
}

/** Of validation, which turns up again at its end. */
function turning(high: number, low: number, t: number): number {
  return falling(high, low, t, 0.015) + 0.12 * (high - low) * Math.max(0, t - 0.45) ** 1.5;
}

const score = (best: number, t: number): number =>
  best * (1 - 0.75 * Math.exp(-5 * t)) + 0.004 * Math.sin(77 * t);

function lines(count: number, line: (index: number, t: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index, index / count)).join("");
}

function printed(): string {
  const epochs = lines(36, (index, t) => {
    const figures = `train loss ${falling(2.3, 0.4, t).toFixed(4)}, val loss ${turning(2.3, 0.62, t).toFixed(4)}`;
    return `Epoch ${index + 1}/50: ${figures}, val acc ${score(0.82, t).toFixed(4)}, lr ${(0.1 * 0.97 ** index).toFixed(5)}\n`;
  });
  return `Loading the images\n${epochs}`;
}

function keras(): string {
  return lines(24, (index, t) => {
    const [loss, accuracy] = [falling(1.9, 0.5, t), score(0.84, t)];
    const bar = `\r 16/313 [>.............................] - ETA: 3s - loss: ${loss.toFixed(4)}`;
    const end = `\r313/313 [==============================] - 4s 12ms/step - loss: ${loss.toFixed(4)} - accuracy: ${accuracy.toFixed(4)}`;
    const held = ` - val_loss: ${turning(1.9, 0.7, t).toFixed(4)} - val_accuracy: ${(accuracy - 0.04).toFixed(4)}`;
    return `Epoch ${index + 1}/40\n${bar}${end}${held}\n`;
  });
}

function lightning(): string {
  const rows = lines(120, (index, t) => {
    const step = 50 * (index + 1) - 1;
    const epoch = Math.floor(step / 500);
    const row = `${epoch},${step},${falling(2.1, 0.35, t, 0.04).toFixed(4)},,\n`;
    if ((step + 1) % 500 > 0) return row;
    return `${row}${epoch},${step},,${turning(2.1, 0.55, t).toFixed(4)},${score(0.86, t).toFixed(4)}\n`;
  });
  return `epoch,step,train_loss,val_loss,val_acc\n${rows}`;
}

function trainer(): string {
  return lines(100, (index, t) => {
    const epoch = (index + 1) / 33;
    const rate = 5e-5 * (1 - t);
    const line = `{'loss': ${falling(2.8, 0.9, t, 0.05).toFixed(4)}, 'grad_norm': ${falling(9, 3, t, 0.1).toFixed(3)}, 'learning_rate': ${rate.toExponential(3)}, 'epoch': ${epoch.toFixed(2)}}\n`;
    if ((index + 1) % 11 > 0) return line;
    return `${line}{'eval_loss': ${turning(2.7, 1.05, t).toFixed(4)}, 'eval_accuracy': ${score(0.78, t).toFixed(4)}, 'epoch': ${epoch.toFixed(2)}}\n`;
  });
}

function nanoGpt(): string {
  return lines(200, (index, t) => {
    const step = 10 * index;
    const loss = falling(4.3, 1.2, t, 0.03);
    const iteration = `iter ${step}: loss ${loss.toFixed(4)}, time 41.20ms, mfu 17.3%\n`;
    if (step % 250 > 0) return iteration;
    return `step ${step}: train loss ${loss.toFixed(4)}, val loss ${turning(4.3, 1.45, t).toFixed(4)}\n${iteration}`;
  });
}

function detr(): string {
  return lines(40, (index, t) => {
    const parts = { train_loss_ce: falling(1.6, 0.5, t), train_loss_bbox: falling(0.9, 0.3, t) };
    const bbox = [0.44, 0.63, 0.46, 0.21, 0.47, 0.6].map((best) => Number(score(best, t).toFixed(4)));
    const record = {
      train_lr: index < 30 ? 1e-4 : 1e-5,
      train_loss: falling(25, 8, t),
      ...parts,
      test_loss: turning(25, 9.5, t),
      test_coco_eval_bbox: bbox,
      epoch: index,
      n_parameters: 41_302_368,
    };
    return `${JSON.stringify(record)}\n`;
  });
}

function boosting(): string {
  return lines(90, (index, t) => {
    const [train, held] = [falling(0.68, 0.12, t, 0.004), turning(0.68, 0.24, t)];
    return `[${index}]\ttrain-logloss:${train.toFixed(5)}\teval-logloss:${held.toFixed(5)}\n`;
  });
}

function tensorBoard(): Record<string, Uint8Array> {
  const wallTime = 1_760_000_000;
  const file = (count: number, values: (t: number) => Readonly<Record<string, number>>): Uint8Array =>
    Buffer.concat([
      fileHeader(wallTime),
      ...Array.from({ length: count }, (_, step) =>
        eventRecord({
          wallTime: wallTime + 20 * step,
          step,
          values: Object.entries(values(step / count)).map(([tag, value]) => ({ kind: "scalar", tag, value })),
        }),
      ),
    ]);
  const name = "events.out.tfevents.1760000000.host";
  return {
    [`runs/train/${name}`]: file(60, (t) => ({
      epoch_loss: falling(1.8, 0.4, t),
      epoch_accuracy: score(0.9, t),
    })),
    [`runs/validation/${name}`]: file(60, (t) => ({
      epoch_loss: turning(1.8, 0.6, t),
      epoch_accuracy: score(0.83, t),
    })),
  };
}

function mlflow(): Record<string, string> {
  const metric = (value: (t: number) => number): string =>
    lines(50, (step, t) => `${1_760_000_000_000 + 30_000 * step} ${value(t).toFixed(5)} ${step}\n`);
  const run = "mlruns/0/5d2f0c/metrics";
  return {
    [`${run}/train_loss`]: metric((t) => falling(1.2, 0.2, t)),
    [`${run}/val_loss`]: metric((t) => turning(1.2, 0.35, t)),
    [`${run}/val_acc`]: metric((t) => score(0.91, t)),
  };
}
