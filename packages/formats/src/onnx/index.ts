export { encodeOnnx, type OnnxMetadata } from "./encode-classifier.ts";
