export { createNativeEngine, type NativeEngineOptions } from "./native-engine.ts";
export { type NativeSupport, nativeSupport } from "./support.ts";
