// Gradients against centred differences of the cost, entry by entry.
export {
  type CheckGradients,
  type ClassRange,
  checkGradient,
  checkGradients,
  EPSILON as GRADIENT_CHECK_EPSILON,
  type GradientCheckCase,
  type GradientCheckOptions,
  type GradientCheckRow,
  gradientCheckCases,
  LAMBDAS as GRADIENT_CHECK_LAMBDAS,
  mergeGradientChecks,
  STEP as GRADIENT_CHECK_STEP,
  TOLERANCE as GRADIENT_CHECK_TOLERANCE,
} from "./gradient-check.ts";
