// What a run trains with: defaults, checks, what may be changed while it trains, and each as text that is typed and read.
export { LOSS_NAMES, type LossName } from "../losses/names.ts";
export {
  describeInitialisation,
  type Initialisation,
  initialDeviation,
  parseInitialisation,
} from "../model/initialisation.ts";
export { describeSchedule } from "./describe-schedule.ts";
export { checkSchedule, learningRateAt, parseSchedule, type Schedule } from "./schedule.ts";
export {
  checkLiveSetting,
  DEFAULT_SETTINGS,
  describeLiveRange,
  isLiveSetting,
  isLiveValue,
  KEEPS,
  type Keep,
  LIVE_SETTINGS,
  type LiveSetting,
  MOST_NOISE,
  resolveSettings,
  type TrainSettings,
} from "./settings.ts";
export { changedSettings } from "./settings-in-words.ts";
