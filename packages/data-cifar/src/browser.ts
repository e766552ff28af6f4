// What of this package needs no Node: it loads in a bundle for a browser. The index has all of it, too.
export { classCounts, pickPerClass } from "./classes.ts";
export { decodeBatch, encodeBatch } from "./decode.ts";
export { CLASS_NAMES, IMAGE_SHAPE } from "./layout.ts";
export { createSample } from "./sample/sample.ts";
