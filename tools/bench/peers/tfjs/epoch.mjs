// TensorFlow.js with its WebAssembly backend (SIMD): usage `node epoch.mjs JOB minimize|by-hand`.
// The backend refuses threads on Node.js ("WASM_HAS_MULTITHREAD_SUPPORT" is false there), so it has one.
//
// `minimize` is the program of its tutorials: a loss, and an optimizer that minimises it. Most of its time goes to a
// product with a transposed factor, for which the backend has no fast code. `by-hand` writes the gradient out, with
// the products turned so that each takes the fast path: what someone gets out of it who measures.
import { sayMissing, serve } from "../../protocol/serve.ts";
import { standardised } from "../../protocol/standardised.ts";
import { readEpochJob } from "../../work/epoch-job.ts";

async function load() {
  try {
    const tf = await import("@tensorflow/tfjs");
    const wasm = await import("@tensorflow/tfjs-backend-wasm");
    await tf.setBackend("wasm");
    await tf.ready();
    return { tf, wasm };
  } catch (error) {
    sayMissing(`@tensorflow/tfjs and its wasm backend don't load: ${String(error).split("\n")[0]}`);
    return undefined;
  }
}

const loaded = await load();
if (loaded !== undefined) {
  const { tf, wasm } = loaded;
  const [, , folder, way] = process.argv;
  const data = await readEpochJob(folder);
  const { inputs, classes, batch, eta, lambda } = data.job;

  const split = (name) => {
    const images = standardised(data, name);
    const labels = Int32Array.from(data[name].labels);
    const x = tf.tensor2d(images, [labels.length, inputs]);
    return { images, x, labels: tf.tensor1d(labels, "int32"), y: tf.oneHot(labels, classes).toFloat() };
  };
  const train = split("train");
  const validation = split("validation");

  // A batch is put together in JavaScript and handed over whole, as the MNIST example does: `tf.gather` takes some
  // twenty times as long in this backend.
  const batchImages = new Float32Array(batch * inputs);
  function batchAt(start) {
    const chosen = data.order.subarray(start, start + batch);
    chosen.forEach((image, row) => {
      batchImages.set(train.images.subarray(image * inputs, (image + 1) * inputs), row * inputs);
    });
    const labels = Int32Array.from(chosen, (image) => data.train.labels[image]);
    return {
      x: tf.tensor2d(batchImages.subarray(0, chosen.length * inputs), [chosen.length, inputs]),
      y: tf.oneHot(labels, classes).toFloat(),
    };
  }

  // W is `inputs x classes` for `minimize`, and `classes x inputs` by hand.
  const isByHand = way === "by-hand";
  const given = tf.tensor2d(Float32Array.from(data.initial.weights), [classes, inputs]);
  const initialWeights = isByHand ? given : given.transpose();
  const initialBiases = tf.tensor1d(Float32Array.from(data.initial.biases));
  const weights = tf.variable(initialWeights);
  const biases = tf.variable(initialBiases);
  const scoresOf = (x) => x.matMul(isByHand ? weights.transpose() : weights).add(biases);
  const penalty = () => weights.square().sum().mul(lambda);

  const optimizer = tf.train.sgd(eta);
  const minimize = ({ x, y }) =>
    optimizer.minimize(() => tf.losses.softmaxCrossEntropy(y, scoresOf(x)).add(penalty()));

  function descend({ x, y }) {
    const g = tf
      .softmax(scoresOf(x))
      .sub(y)
      .mul(eta / x.shape[0]);
    weights.assign(weights.mul(1 - 2 * eta * lambda).sub(g.transpose().matMul(x)));
    biases.assign(biases.sub(g.sum(0)));
  }

  const figures = (of) =>
    tf.tidy(() => {
      const scores = scoresOf(of.x);
      const hits = scores.argMax(1).equal(of.labels).toFloat().mean();
      return [tf.losses.softmaxCrossEntropy(of.y, scores), hits].map((value) => value.dataSync()[0]);
    });

  await serve(
    { tfjs: tf.version.tfjs, "tfjs-backend-wasm": wasm.version_wasm },
    {
      reset() {
        weights.assign(initialWeights);
        biases.assign(initialBiases);
      },
      async epoch() {
        for (let start = 0; start < data.order.length; start += batch) {
          tf.tidy(() => {
            const part = batchAt(start);
            if (isByHand) descend(part);
            else minimize(part);
          });
        }
        // What was asked for is done when a number has come out.
        await biases.data();
      },
      async evaluate() {
        const [loss, accuracy] = figures(train);
        const [validationLoss, validationAccuracy] = figures(validation);
        const norm = tf.tidy(() => penalty().dataSync()[0]);
        return {
          loss,
          cost: loss + norm,
          accuracy,
          validationLoss,
          validationCost: validationLoss + norm,
          validationAccuracy,
        };
      },
    },
  );
}
