// Losses of WIDTH rows at once, one a lane. Formulas: packages/core/src/losses.
#ifndef LOSSES_H
#define LOSSES_H
#include "arithmetic.h"
#include "engine.h"

/** Scores of WIDTH rows, and what a loss makes of them: LANES floats from class to class. */
typedef struct {
  const float *scores;
  float *results;
  size_t classes;
  loss_kind loss;
} loss_rows;

#define SCORE(k) load(rows->scores + (k) * LANES)
#define RESULT(k) load(rows->results + (k) * LANES)
#define SET_RESULT(k, value) store(rows->results + (k) * LANES, value)
/** All bits of the lanes whose label is k. */
#define IS_LABEL(k) (labels == splat_integer((int32_t)(k)))
/** `a` in the lanes of the mask, 0 elsewhere. */
INLINE vec keep(ivec mask, vec a) { return (vec)(mask & (ivec)a); }

INLINE vec label_score(const loss_rows *rows, ivec labels) {
  vec found = {0};
  for (size_t k = 0; k < rows->classes; k++) found = choose(IS_LABEL(k), SCORE(k), found);
  return found;
}

/** Leaves the probabilities; gives `log(sum(exp(s)))`. Scores are shifted by their largest, so none overflows. */
INLINE vec softmax(const loss_rows *rows) {
  vec largest = SCORE(0);
  for (size_t k = 1; k < rows->classes; k++) largest = larger(largest, SCORE(k));
  vec sum = {0};
  for (size_t k = 0; k < rows->classes; k++) {
    vec result = exponential(SCORE(k) - largest);
    SET_RESULT(k, result);
    sum += result;
  }
  vec scale = 1.0f / sum;
  for (size_t k = 0; k < rows->classes; k++) SET_RESULT(k, RESULT(k) * scale);
  return logarithm(sum) + largest;
}

/** `max(s, 0) + log(1 + exp(-|s|))` is `log(1 + exp(s))` without overflow, and shares its exponential with p. */
INLINE vec binary_cross_entropy(const loss_rows *rows, ivec labels) {
  vec sum = {0};
  for (size_t k = 0; k < rows->classes; k++) {
    vec s = SCORE(k);
    // The sign's bit set: -|s|.
    vec small = exponential((vec)((ivec)s | INT32_MIN));
    vec positive = 1.0f / (1.0f + small);
    SET_RESULT(k, choose(s >= 0.0f, positive, small * positive));
    sum += larger(s, splat(0)) + logarithm(1.0f + small);
  }
  return (sum - label_score(rows, labels)) / (float)rows->classes;
}

/** `sum over k != y of max(0, s_k - s_y + 1)`: the term of y itself would be 1. */
INLINE vec hinge(const loss_rows *rows, ivec labels) {
  vec threshold = label_score(rows, labels) - 1.0f;
  vec sum = {0};
  for (size_t k = 0; k < rows->classes; k++) {
    sum += keep(~IS_LABEL(k), larger(SCORE(k) - threshold, splat(0)));
  }
  return sum;
}

/** Each row's loss; leaves its probabilities. */
INLINE vec evaluate_rows_of(const loss_rows *rows, ivec labels) {
  if (rows->loss == BINARY_CROSS_ENTROPY) return binary_cross_entropy(rows, labels);
  vec log_sum = softmax(rows);
  return rows->loss == HINGE ? hinge(rows, labels) : log_sum - label_score(rows, labels);
}

INLINE void differentiate_hinge(const loss_rows *rows, ivec labels, ivec live) {
  vec threshold = label_score(rows, labels) - 1.0f;
  vec violations = {0};
  for (size_t k = 0; k < rows->classes; k++) {
    vec gradient = keep((SCORE(k) > threshold) & ~IS_LABEL(k) & live, splat(1));
    SET_RESULT(k, gradient);
    violations += gradient;
  }
  for (size_t k = 0; k < rows->classes; k++) SET_RESULT(k, RESULT(k) - keep(IS_LABEL(k), violations));
}

/** Each row's loss; leaves its `dl/ds`, which is 0 in lanes that are not `live` because they belong to no row. */
INLINE vec differentiate_rows_of(const loss_rows *rows, ivec labels, ivec live) {
  if (rows->loss == HINGE) {
    differentiate_hinge(rows, labels, live);
    return hinge(rows, labels);
  }
  vec losses = evaluate_rows_of(rows, labels);
  float factor = rows->loss == BINARY_CROSS_ENTROPY ? 1.0f / (float)rows->classes : 1.0f;
  for (size_t k = 0; k < rows->classes; k++) {
    vec one_hot = keep(IS_LABEL(k), splat(1));
    SET_RESULT(k, keep(live, (RESULT(k) - one_hot) * factor));
  }
  return losses;
}
#endif
