// What a study comes to.
export type {
  EnsembleResult,
  FinalResult,
  GradientCheckResult,
  ModelOnTest,
  OptionalResults,
  SearchPoint,
  SearchResult,
  SeedSpread,
  SettingResult,
  StudyDataInfo,
  StudyResults,
  VariantGroup,
  VariantResult,
} from "./stages/results.ts";
