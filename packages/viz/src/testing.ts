// Made-up runs and golden pictures, for the tests of what draws; it isn't published.
export { CLASS_NAMES, RGB, seededMistakes, seededWeights, TEST_IMAGES } from "./testing/fixtures.ts";
export { decodePicture, expectGolden } from "./testing/golden.ts";
export { collectingLogger } from "./testing/logger.ts";
