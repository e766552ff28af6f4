export { classCounts, pickPerClass } from "./classes.ts";
export type { LabelKind } from "./contents/contents.ts";
export { type Picture, readPicture } from "./contents/picture/read-picture.ts";
export { type LoadDataOptions, loadData } from "./dataset/load-data.ts";
export { decodeBatch, encodeBatch } from "./decode.ts";
export { type DownloadOptions, type DownloadProgress, downloadCifar10 } from "./download/download.ts";
export {
  cacheDirectory,
  type Environment,
  type FindOptions,
  type FoundCifar10,
  type FoundData,
  findCifar10,
  findData,
} from "./find.ts";
export { homeDirectory } from "./home.ts";
export { type IdentifiedFile, type IdentifiedFiles, identifyCifar10 } from "./identify.ts";
export { CLASS_NAMES, IMAGE_SHAPE } from "./layout.ts";
export { type LoadOptions, loadCifar10 } from "./load.ts";
export { createSample } from "./sample/sample.ts";
export { type Cifar10Study, loadCifar10Study } from "./study.ts";
export { type VerifiedFile, verifyData } from "./verify/verify-data.ts";
