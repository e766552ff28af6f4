// A thread's inputs of a block's images, side by side: as they are, mirrored, or with noise.
#ifndef IMAGES_H
#define IMAGES_H
#include <string.h>
#include "engine.h"

/** Inputs `first` to `end - 1` of the image at `image`, mirrored left to right. */
static void copy_mirrored(uint8_t *to, const uint8_t *image, size_t first, size_t end, size_t width) {
  if (width % 8 == 0) {
    // Rows of an image begin at multiples of 8, and so do chunks.
    for (size_t j = first; j < end; j += 8) {
      size_t column = j % width;
      uint64_t bytes;
      memcpy(&bytes, image + j - column + (width - 8 - column), sizeof bytes);
      bytes = __builtin_bswap64(bytes);
      memcpy(to + j - first, &bytes, sizeof bytes);
    }
    return;
  }
  for (size_t j = first; j < end; j++) {
    size_t column = j % width;
    to[j - first] = image[j - column + (width - 1 - column)];
  }
}

/** lowbias32 (Wellons 2018, "Prospecting for hash functions"), with a second key between its rounds. */
static inline uint32_t mix(uint32_t x, uint32_t key) {
  x = (x ^ (x >> 16)) * 0x7feb352du;
  x = (x ^ (x >> 15) ^ key) * 0x846ca68bu;
  return x ^ (x >> 16);
}

/** From 16 random bits, the lowest of which is left out, to a whole number from -amount to amount: rounded, in Q15. */
static inline int32_t spread(int16_t bits, int32_t values) { return ((bits >> 1) * values + 0x4000) >> 15; }

/** The bytes at `bytes`, inputs `first` to `end - 1`, with the noise of a row: packages/core/src/random/noise.ts. */
static void add_noise(int16_t *to, const uint8_t *bytes, size_t first, size_t end, const uint32_t *keys,
                      int32_t amount, uint32_t *moves) {
  int32_t values = 2 * amount + 1;
  size_t pairs = (end - first) / 2;
  for (size_t pair = 0; pair < pairs; pair++) {
    uint32_t bits = mix((uint32_t)(first / 2 + pair) + keys[0], keys[1]);
    uint32_t low = (uint32_t)spread((int16_t)(bits & 0xffff), values) & 0xffff;
    moves[pair] = low | (uint32_t)spread((int16_t)(bits >> 16), values) << 16;
  }
  // The lower half of a word is the first of its pair.
  for (size_t pair = 0; pair < pairs; pair++) {
    to[2 * pair] = (int16_t)(bytes[2 * pair] + (int16_t)(moves[pair] & 0xffff));
    to[2 * pair + 1] = (int16_t)(bytes[2 * pair + 1] + (int16_t)(moves[pair] >> 16));
  }
}

/**
 * Inputs `first` to `end - 1` of an image, to `to`: bytes, or numbers of 16 bits where there are noise keys. What is
 * padding keeps what was there, which nothing depends on.
 */
static void lay_out_image(const engine *engine, scratch *own, uint8_t *to, const uint8_t *image, size_t first,
                          size_t end, bool is_mirrored, const uint32_t *noise_keys) {
  size_t present = smallest(end, engine->inputs) - first;
  uint8_t *bytes = noise_keys == NULL ? to : own->bytes;
  if (is_mirrored) copy_mirrored(bytes, image, first, first + present, engine->width);
  else memcpy(bytes, image + first, present);
  if (noise_keys != NULL) {
    add_noise((int16_t *)to, bytes, first, end, noise_keys, engine->job.noise_amount, own->moves);
  }
}
#endif
