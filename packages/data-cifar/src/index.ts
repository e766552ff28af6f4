export { classCounts, pickPerClass } from "./classes.ts";
export { decodeBatch, encodeBatch } from "./decode.ts";
export { type DownloadOptions, type DownloadProgress, downloadCifar10 } from "./download/download.ts";
export { cacheDirectory, type Environment, type FindOptions, type FoundCifar10, findCifar10 } from "./find.ts";
export { CLASS_NAMES, IMAGE_SHAPE } from "./layout.ts";
export { type LoadOptions, loadCifar10 } from "./load.ts";
export { makeFolders } from "./make-folders.ts";
export { createSample } from "./sample/sample.ts";
export { loadCifar10Study } from "./study.ts";
