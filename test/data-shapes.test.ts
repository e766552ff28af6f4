// Data of any shape and number of classes, given by a configuration: trained, drawn, exported, and shown again.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Dataset, predict } from "@trainscope/core";
import { decodeSafetensors } from "@trainscope/core/safetensors";
import { createCanvas, loadImage } from "canvas";
import { describe, expect, it } from "vitest";
import { endOf, temporaryFolder, trainscope } from "./support/command.ts";
import { hasTmux, openTerminal } from "./support/terminal.ts";

const SHAPES = [
  { name: "28 x 28 grey", classes: 10, shape: { width: 28, height: 28, channels: 1 } },
  { name: "64 x 64 in colour", classes: 3, shape: { width: 64, height: 64, channels: 3 } },
  { name: "100 classes", classes: 100, shape: { width: 16, height: 16, channels: 3 } },
] as const;

const EPOCHS = 2;

/** The function as text goes into a configuration. A class has every so many pixel of its images bright, in one of the channels. */
function makeData({ name, classes, shape }: (typeof SHAPES)[number]): Dataset {
  const inputs = shape.width * shape.height * shape.channels;
  const plane = shape.width * shape.height;
  const split = (size: number) => {
    const labels = Uint8Array.from({ length: size }, (_, row) => row % classes);
    const images = Uint8Array.from({ length: size * inputs }, (_, at) => {
      const [row, input] = [Math.floor(at / inputs), at % inputs];
      const isBright = input % classes === row % classes && Math.floor(input / plane) <= row % 2;
      return (isBright ? 200 : 40) + ((at * 7919) % 41);
    });
    return { images, labels };
  };
  const classNames = Array.from({ length: classes }, (_, k) => `kind ${k + 1}`);
  const validation = split(2 * classes);
  // An answer that is wrong whatever is learnt.
  validation.labels[0] = 1;
  return { name, classNames, shape, train: split(6 * classes), validation, test: split(classes) };
}

const EXPORTERS = ["onnxExporter", "safetensorsExporter", "templatesExporter", "summaryExporter"];

function configOf(data: (typeof SHAPES)[number]): string {
  const settings = { epochs: EPOCHS, batchSize: 10, learningRate: 0.02, lambda: 0 };
  return `import { ${EXPORTERS.join(", ")} } from ${JSON.stringify(import.meta.resolve("trainscope/exporters"))};
    ${makeData};
    export default {
      data: () => makeData(${JSON.stringify(data)}),
      settings: ${JSON.stringify(settings)},
      exporters: [${EXPORTERS.map((name) => `${name}()`).join(", ")}],
    };`;
}

describe.each(SHAPES)("$name", (data) => {
  const dataset = makeData(data);
  const { width, height, channels } = data.shape;

  async function trained() {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "trainscope.config.mjs"), configOf(data));
    const args = [
      "train",
      "--reporter",
      "json",
      "--metrics",
      "confusion,recall-per-class",
      "--checkpoint-every",
      "1",
    ];
    const run = await trainscope(args, { cwd: folder });
    expect([run.status, run.stderr]).toEqual([0, "trainscope: configuration: trainscope.config.mjs\n"]);
    const [id = ""] = readdirSync(join(folder, "runs"));
    return { ...run, folder: join(folder, "runs", id), config: join(folder, "trainscope.config.mjs") };
  }

  it("pictures, exports and the screen follow it", async () => {
    const { stdout, folder, config } = await trained();
    const read = (name: string) => readFileSync(join(folder, "artifacts", name));

    const { tensors, metadata } = decodeSafetensors(read("model.safetensors"));
    expect(tensors.weights?.shape).toEqual([data.classes, width * height * channels]);
    expect(JSON.parse(metadata.shape ?? "")).toEqual(data.shape);
    expect(JSON.parse(metadata.classNames ?? "")).toEqual(dataset.classNames);
    const numbers = (name: string) => Float64Array.from(tensors[name]?.data ?? expect.fail());
    const { labels } = predict(
      {
        parameters: {
          classes: data.classes,
          inputs: width * height * channels,
          weights: numbers("weights"),
          biases: numbers("biases"),
        },
        statistics: { means: numbers("means"), deviations: numbers("deviations") },
        classNames: dataset.classNames,
        shape: data.shape,
        loss: "softmax",
      },
      dataset.validation.images,
    );
    const hits = labels.filter((label, row) => label === dataset.validation.labels[row]).length;
    expect(hits / labels.length).toBeCloseTo(endOf(stdout).metrics["validation/accuracy"] ?? Number.NaN, 10);
    expect(hits / labels.length).toBeGreaterThan(0.5);
    expect(read("model.onnx").includes(JSON.stringify(dataset.classNames))).toBe(true);

    const weights = String(read("weights.svg"));
    expect(weights.match(/<image /g)).toHaveLength(data.classes);
    for (const name of dataset.classNames) expect(weights).toContain(`>${name}<`);
    expect(await coloursOf(join(folder, "artifacts/weights.png"))).toBe(channels > 1);
    expect(await coloursOf(join(folder, "artifacts/templates.png"))).toBe(channels > 1);
    expect(String(read("confusion-validation.svg"))).toContain("kind 1");
    expect(String(read("summary.md"))).toContain(`kind ${data.classes}`);

    if (!hasTmux) return;
    const terminal = openTerminal(["replay", folder, "--config", config, "--epoch", String(EPOCHS)], {
      columns: 110,
      rows: 36,
    });
    await terminal.until(new RegExp(`epoch ${EPOCHS}/${EPOCHS}`));
    terminal.type("3");
    const templates = await terminal.until(/kind 3/);
    expect(templates.includes("page 1 of")).toBe(data.classes > 10);
    terminal.type("4");
    await terminal.until(/kind 1 +━/);
    // The image that is labelled wrongly: its bytes come from the configuration's data().
    terminal.type("5");
    await terminal.until((screen) => /image 0\b/.test(screen) && screen.includes("▀▀▀▀"));
    terminal.type("q");
    await terminal.until(/exit status 0/);
  });
});

/** Whether any pixel of a picture is none of grey. */
async function coloursOf(path: string): Promise<boolean> {
  const image = await loadImage(path);
  const context = createCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return true;
  }
  return false;
}
