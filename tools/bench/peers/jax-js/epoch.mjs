// jax-js with its WebAssembly backend: usage `node epoch.mjs JOB`.
// Arrays are counted by hand: `x.ref` is one more use of `x`, and a use without it is the last.
import { readFile } from "node:fs/promises";
import { sayMissing, serve } from "../../protocol/serve.ts";
import { standardised } from "../../protocol/standardised.ts";
import { readEpochJob } from "../../work/epoch-job.ts";

async function load() {
  try {
    const jax = await import("@jax-js/jax");
    await jax.init("wasm");
    jax.defaultDevice("wasm");
    return jax;
  } catch (error) {
    sayMissing(`@jax-js/jax doesn't load: ${String(error).split("\n")[0]}`);
    return undefined;
  }
}

const jax = await load();
if (jax !== undefined) {
  const { numpy: np, nn, jit, blockUntilReady, valueAndGrad } = jax;
  const data = await readEpochJob(process.argv[2]);
  const { inputs, classes, batch, eta, lambda } = data.job;

  const split = (name) => {
    const { labels } = data[name];
    return {
      x: np.array(standardised(data, name)).reshape([labels.length, inputs]),
      labels,
      y: nn.oneHot(np.array(Int32Array.from(labels), { dtype: np.int32 }), classes),
    };
  };
  const train = split("train");
  const validation = split("validation");
  const batches = [];
  for (let start = 0; start < data.order.length; start += batch) {
    const chosen = Int32Array.from(data.order.subarray(start, start + batch));
    batches.push(np.array(chosen, { dtype: np.int32 }));
  }

  const scoresOf = (weights, biases, x) => np.matmul(x, np.transpose(weights)).add(biases);
  const lossOf = (scores, y) => nn.logSoftmax(scores).mul(y).sum().mul(-1);
  const cost = ({ weights, biases }, x, y) => {
    const penalty = np.square(weights.ref).sum().mul(lambda);
    return lossOf(scoresOf(weights, biases, x), y)
      .div(batch)
      .add(penalty);
  };
  const step = jit(({ weights, biases }, allX, allY, chosen) => {
    const x = np.take(allX, chosen.ref, 0);
    const y = np.take(allY, chosen, 0);
    const [value, gradient] = valueAndGrad(cost)({ weights: weights.ref, biases: biases.ref }, x, y);
    value.dispose();
    return {
      weights: weights.sub(gradient.weights.mul(eta)),
      biases: biases.sub(gradient.biases.mul(eta)),
    };
  });

  const manifest = new URL("./node_modules/@jax-js/jax/package.json", import.meta.url);
  const { version } = JSON.parse(await readFile(manifest, "utf8"));

  let model;
  const figures = async ({ x, y, labels }) => {
    const scores = scoresOf(model.weights.ref, model.biases.ref, x.ref);
    const predicted = await np.argmax(scores.ref, 1).data();
    const loss = (await lossOf(scores, y.ref).data())[0] / labels.length;
    const hits = labels.reduce((sum, label, i) => sum + (predicted[i] === label ? 1 : 0), 0);
    return [loss, hits / labels.length];
  };

  await serve(
    { "jax-js": version },
    {
      reset() {
        model?.weights.dispose();
        model?.biases.dispose();
        model = {
          weights: np.array(Float32Array.from(data.initial.weights)).reshape([classes, inputs]),
          biases: np.array(Float32Array.from(data.initial.biases)),
        };
      },
      async epoch() {
        for (const chosen of batches) model = step(model, train.x.ref, train.y.ref, chosen.ref);
        model = await blockUntilReady(model);
      },
      async evaluate() {
        const [loss, accuracy] = await figures(train);
        const [validationLoss, validationAccuracy] = await figures(validation);
        const penalty = (await np.square(model.weights.ref).sum().mul(lambda).data())[0];
        return {
          loss,
          cost: loss + penalty,
          accuracy,
          validationLoss,
          validationCost: validationLoss + penalty,
          validationAccuracy,
        };
      },
    },
  );
}
