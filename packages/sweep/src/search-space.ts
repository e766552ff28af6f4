// What is searched, as it is written and checked. It loads no trainer, so that flags can read it.
export { type DimensionWords, parseDimension } from "./parse-dimension.ts";
export {
  type Choice,
  type Condition,
  checkSpace,
  type Dimension,
  type Range,
  type SearchSpace,
  type SettingValue,
} from "./space.ts";
