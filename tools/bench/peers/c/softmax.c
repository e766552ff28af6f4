// One epoch of softmax regression as fast as C gets it on one machine: the limit that others are measured against.
//
//   cc -O3 -march=native -ffast-math -DVECTOR_BYTES=64 softmax.c -o softmax -lm -lpthread
//   softmax JOB IMAGES VALIDATION_IMAGES CLASSES INPUTS BATCH LAMBDA ETA THREADS
//
// GCC's vector extensions; VECTOR_BYTES is 64 (AVX-512), 32 (AVX2) or 16 (SSE, NEON, and the width
// that WebAssembly has, for what a wasm program could reach at best).
//
// Where the time would go, and what is done about it:
// - An image stays uint8. Standardising is folded into the weights: W x̂ + b = (W / σ) x + (b - W μ / σ), and the
//   gradient of W is (Gᵀx - (Σ G) μ) / σ. Widening uint8 to float32 is what is left of it, and ports that don't
//   multiply do that.
// - Forward, a tile of images meets a tile of classes; each sum stays in a register over all inputs.
// - The weights lie in the order they are read in. As a plain matrix, the ten rows 12 KB apart would all fall into
//   one set of the first cache and drive each other out.
// - What forward reads it also lays down in panels of `PANEL` inputs, image after image: backward then walks
//   through memory in order, where the images themselves are 3 KB apart and in random places.
// - Backward, a tile of inputs meets a tile of classes; each sum stays in a register over all images of the batch,
//   and the update is applied as it is finished. W is read and written once a batch, the gradient never stored.
// - A thread owns images in forward and inputs in backward: nothing is added up across threads but a few numbers.
#define _GNU_SOURCE
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#ifndef VECTOR_BYTES
#define VECTOR_BYTES 16
#endif
#define LANES (VECTOR_BYTES / 4)

#define CLASS_TILE 5
// AVX-512 and NEON have 32 vector registers, the others 16: room for twenty sums and their operands, or for ten.
#if defined(__AVX512VL__) || defined(__aarch64__)
#define ROW_TILE 4
#define COLUMN_TILE 4
#else
#define ROW_TILE 2
#define COLUMN_TILE 2
#endif
#define PANEL (COLUMN_TILE * LANES)

typedef float Floats __attribute__((vector_size(VECTOR_BYTES)));
typedef int32_t Ints __attribute__((vector_size(VECTOR_BYTES)));
typedef uint8_t Bytes __attribute__((vector_size(VECTOR_BYTES / 4), aligned(1), may_alias));

// GCC 12 takes its own conversion apart into single bytes, so x86 gets the instruction by name.
static inline Floats widen(Bytes bytes) {
#if VECTOR_BYTES == 64 && defined(__AVX512F__)
  return (Floats)_mm512_cvtepi32_ps(_mm512_cvtepu8_epi32((__m128i)bytes));
#elif VECTOR_BYTES == 32 && defined(__AVX2__)
  int64_t low = 0;
  memcpy(&low, &bytes, sizeof bytes);
  return (Floats)_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_cvtsi64_si128(low)));
#elif VECTOR_BYTES == 16 && defined(__SSE4_1__)
  int32_t low = 0;
  memcpy(&low, &bytes, sizeof bytes);
  return (Floats)_mm_cvtepi32_ps(_mm_cvtepu8_epi32(_mm_cvtsi32_si128(low)));
#else
  return __builtin_convertvector(__builtin_convertvector(bytes, Ints), Floats);
#endif
}

static inline Floats splat(float value) { return value - (Floats){0}; }

static inline float total(Floats values) {
  float sum = 0;
  for (int lane = 0; lane < LANES; lane++) sum += values[lane];
  return sum;
}

// The job: sizes, settings and arrays that never change.
static int images, validation_images, classes, inputs, batch, threads;
static double lambda, eta;
static uint8_t *train_images, *train_labels, *validation_pixels, *validation_labels;
static uint32_t *order;
static double *initial;
static Floats *means, *inverse_variances;
static double *statistics;

// Rounded up to whole tiles; what is beyond `classes` stays 0.
static int padded_classes;

// The model. `folded` is W / σ as `inputs / LANES x padded_classes` vectors, each of LANES inputs of one class.
static Floats *folded;
static float *biases;
// Forward's `b - Wμ/σ`; each thread adds up its own inputs' share of `Wμ/σ`.
static float *shares;

// Of a batch: the panels of uint8 pixels, and G, `batch x padded_classes`.
static uint8_t *panels;
static float *g;

static void *allocate(size_t bytes) {
  void *memory = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (!memory) exit(1);
  return memset(memory, 0, bytes);
}

static void *read_file(const char *folder, const char *name, size_t bytes) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  void *memory = allocate(bytes);
  if (!file || fread(memory, 1, bytes, file) != bytes) {
    fprintf(stderr, "%s can't be read, or is shorter than %zu bytes\n", path, bytes);
    exit(1);
  }
  fclose(file);
  return memory;
}

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1e3 * now.tv_sec + 1e-6 * now.tv_nsec;
}

// All threads meet here. It spins, because a batch takes some 100 µs and waking takes as long.
static void meet(void) {
  static atomic_int waiting, generation;
  if (threads == 1) return;
  int mine = atomic_load(&generation);
  if (atomic_fetch_add(&waiting, 1) == threads - 1) {
    atomic_store(&waiting, 0);
    atomic_fetch_add(&generation, 1);
    return;
  }
  for (int spins = 0; atomic_load(&generation) == mine; spins++) {
    if (spins > 100000) sched_yield();
  }
}

// Scores of ROW_TILE images for CLASS_TILE classes, all inputs; meanwhile the `next` images come nearer.
// `store`: lay the images down in panels too, as rows `row` and following of `rows`.
static inline void score_tile(const uint8_t *const *x, const uint8_t *const *next, int rows, int row, int k,
                              int store, float *scores) {
  Floats sums[ROW_TILE][CLASS_TILE] = {0};
  // The panels' place goes up by LANES, and at the end of a panel's row to the same row of the next.
  uint8_t *place = panels + (size_t)row * PANEL;
#pragma GCC unroll 1
  for (int j = 0; j < inputs; j += LANES) {
    Floats wide[ROW_TILE];
    if (j % 64 == 0) {
      for (int r = 0; r < ROW_TILE; r++) __builtin_prefetch(next[r] + j);
    }
    for (int r = 0; r < ROW_TILE; r++) {
      Bytes bytes = *(const Bytes *)(x[r] + j);
      if (store) *(Bytes *)(place + r * PANEL) = bytes;
      wide[r] = widen(bytes);
    }
    place += (j + LANES) % PANEL ? LANES : rows * PANEL + LANES - PANEL;
    const Floats *w = folded + (size_t)(j / LANES) * padded_classes + k;
#pragma GCC unroll 5
    for (int c = 0; c < CLASS_TILE; c++) {
      Floats weight = w[c];
      for (int r = 0; r < ROW_TILE; r++) sums[r][c] += wide[r] * weight;
    }
  }
  for (int r = 0; r < ROW_TILE; r++) {
    for (int c = 0; c < CLASS_TILE; c++) scores[r * padded_classes + k + c] = total(sums[r][c]);
  }
}

// The scores, less the constant of each class, of images `first` to `end - 1`. The last tile starts early enough to
// be whole, so some images may be computed twice.
static void score_rows(const uint8_t *pixels, const uint32_t *chosen, int rows, int first, int end, int store,
                       float *scores) {
  for (int row = first; row < end; row += ROW_TILE) {
    int start = row + ROW_TILE <= end ? row : end - ROW_TILE;
    if (start < first) start = first;
    const uint8_t *x[ROW_TILE], *next[ROW_TILE];
    for (int r = 0; r < ROW_TILE; r++) {
      int at = start + r < rows ? start + r : rows - 1;
      int after = at + ROW_TILE < rows ? at + ROW_TILE : at;
      x[r] = pixels + (size_t)(chosen ? chosen[at] : (uint32_t)at) * inputs;
      next[r] = pixels + (size_t)(chosen ? chosen[after] : (uint32_t)after) * inputs;
    }
    for (int k = 0; k < padded_classes; k += CLASS_TILE) {
      score_tile(x, next, rows, start, k, store && k == 0, scores + (size_t)start * padded_classes);
    }
  }
}

static float offset(int k) {
  float sum = biases[k];
  for (int thread = 0; thread < threads; thread++) sum -= shares[thread * padded_classes + k];
  return sum;
}

// Scores to probabilities in place; gives the highest class, and the loss of `label`.
static int softmax(float *scores, const float *offsets, int label, double *loss) {
  int best = 0;
  for (int k = 0; k < classes; k++) {
    scores[k] += offsets[k];
    if (scores[k] > scores[best]) best = k;
  }
  float highest = scores[best], own = scores[label], sum = 0;
  for (int k = 0; k < classes; k++) sum += scores[k] = expf(scores[k] - highest);
  for (int k = 0; k < classes; k++) scores[k] /= sum;
  *loss = logf(sum) + highest - own;
  return best;
}

// The inputs of a thread: whole panels.
static void columns_of(int thread, int *first, int *end) {
  int count = inputs / PANEL;
  *first = (int)((long)count * thread / threads) * PANEL;
  *end = (int)((long)count * (thread + 1) / threads) * PANEL;
}

// This thread's inputs: initial weights to those of bytes, and their share of the constants.
static void fold(int thread) {
  int first, end;
  columns_of(thread, &first, &end);
  for (int k = 0; k < classes; k++) {
    double share = 0;
    for (int j = first; j < end; j++) {
      double value = initial[(size_t)k * inputs + j] / statistics[inputs + j];
      folded[(size_t)(j / LANES) * padded_classes + k][j % LANES] = (float)value;
      share += value * statistics[j];
    }
    shares[thread * padded_classes + k] = (float)share;
  }
}

// The gradient of one panel's inputs for CLASS_TILE classes, and its update.
static inline void update_tile(int panel, int rows, int k, const float *g_sums, Floats *share) {
  Floats sums[CLASS_TILE][COLUMN_TILE] = {0};
  const uint8_t *x = panels + (size_t)panel * rows;
  const float *factors = g + k;
#pragma GCC unroll 1
  for (int row = 0; row < rows; row++, x += PANEL, factors += padded_classes) {
    Floats wide[COLUMN_TILE];
    for (int c = 0; c < COLUMN_TILE; c++) wide[c] = widen(*(const Bytes *)(x + c * LANES));
#pragma GCC unroll 5
    for (int t = 0; t < CLASS_TILE; t++) {
      Floats factor = splat(factors[t]);
      for (int c = 0; c < COLUMN_TILE; c++) sums[t][c] += wide[c] * factor;
    }
  }
  float step = (float)(eta / rows), decay = (float)(1 - 2 * eta * lambda);
  for (int c = 0; c < COLUMN_TILE; c++) {
    int at = panel / LANES + c;
    Floats mean = means[at], factor = step * inverse_variances[at];
    for (int t = 0; t < CLASS_TILE; t++) {
      Floats *w = folded + (size_t)at * padded_classes + k + t;
      // W / σ falls by η / σ times the gradient of W, which is (Gᵀx - (Σ G) μ) / σ + 2 λ W.
      *w = decay * *w - factor * (sums[t][c] - g_sums[k + t] * mean);
      share[k + t] += *w * mean;
    }
  }
}

static void train_epoch(int thread) {
  int first_column, end_column;
  columns_of(thread, &first_column, &end_column);
  float offsets[padded_classes], g_sums[padded_classes];
  Floats *share = allocate(sizeof(Floats) * padded_classes);
  for (int start = 0; start < images; start += batch) {
    int rows = start + batch <= images ? batch : images - start;
    int first = rows * thread / threads, end = rows * (thread + 1) / threads;
    for (int k = 0; k < classes; k++) offsets[k] = offset(k);
    score_rows(train_images, order + start, rows, first, end, 1, g);
    for (int row = first; row < end; row++) {
      double loss;
      int label = train_labels[order[start + row]];
      softmax(g + (size_t)row * padded_classes, offsets, label, &loss);
      g[(size_t)row * padded_classes + label] -= 1;
    }
    meet();

    memset(g_sums, 0, sizeof g_sums);
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < classes; k++) g_sums[k] += g[(size_t)row * padded_classes + k];
    }
    memset(share, 0, sizeof(Floats) * padded_classes);
    for (int panel = first_column; panel < end_column; panel += PANEL) {
      for (int k = 0; k < padded_classes; k += CLASS_TILE) update_tile(panel, rows, k, g_sums, share);
    }
    for (int k = 0; k < classes; k++) shares[thread * padded_classes + k] = total(share[k]);
    // Every thread has read the biases; the first changes them, and nobody looks before the next meeting is over.
    if (thread == 0) {
      for (int k = 0; k < classes; k++) biases[k] -= eta / rows * g_sums[k];
    }
    meet();
  }
  free(share);
}

// Figures of some rows of a split; each thread has its own.
typedef struct {
  double loss;
  int hits;
} Figures;

static Figures figures_of(const uint8_t *pixels, const uint8_t *labels, int first, int end) {
  enum { ROWS = 100 };
  float offsets[padded_classes];
  float *scores = allocate(sizeof(float) * ROWS * padded_classes);
  Figures figures = {0, 0};
  for (int k = 0; k < classes; k++) offsets[k] = offset(k);
  for (int start = first; start < end; start += ROWS) {
    int rows = start + ROWS <= end ? ROWS : end - start;
    score_rows(pixels + (size_t)start * inputs, NULL, rows, 0, rows, 0, scores);
    for (int row = 0; row < rows; row++) {
      double loss;
      int label = labels[start + row];
      figures.hits += softmax(scores + (size_t)row * padded_classes, offsets, label, &loss) == label;
      figures.loss += loss;
    }
  }
  free(scores);
  return figures;
}

// The threads: the main one is number 0, the others wait for what it asks of all.
enum Task { RESET, EPOCH, EVALUATE };
static enum Task task;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t asked = PTHREAD_COND_INITIALIZER;
static long asked_count;
static Figures *train_figures, *validation_figures;

static void perform(int thread) {
  if (task == RESET) {
    fold(thread);
  } else if (task == EPOCH) {
    train_epoch(thread);
  } else {
    long n = images, v = validation_images;
    train_figures[thread] =
        figures_of(train_images, train_labels, (int)(n * thread / threads), (int)(n * (thread + 1) / threads));
    validation_figures[thread] = figures_of(validation_pixels, validation_labels, (int)(v * thread / threads),
                                            (int)(v * (thread + 1) / threads));
  }
  meet();
}

static void *work(void *argument) {
  long seen = 0;
  for (;;) {
    pthread_mutex_lock(&mutex);
    while (asked_count == seen) pthread_cond_wait(&asked, &mutex);
    seen = asked_count;
    pthread_mutex_unlock(&mutex);
    perform((int)(intptr_t)argument);
  }
  return NULL;
}

static void everyone(enum Task what) {
  pthread_mutex_lock(&mutex);
  task = what;
  asked_count++;
  pthread_cond_broadcast(&asked);
  pthread_mutex_unlock(&mutex);
  perform(0);
}

static void reset(void) {
  for (int k = 0; k < classes; k++) biases[k] = (float)initial[classes * inputs + k];
  everyone(RESET);
}

static void answer(double elapsed) {
  double loss = 0, validation_loss = 0, norm = 0;
  int hits = 0, validation_hits = 0;
  for (int thread = 0; thread < threads; thread++) {
    loss += train_figures[thread].loss / images;
    hits += train_figures[thread].hits;
    validation_loss += validation_figures[thread].loss / validation_images;
    validation_hits += validation_figures[thread].hits;
  }
  for (int j = 0; j < inputs; j++) {
    for (int k = 0; k < classes; k++) {
      double weight = folded[(size_t)(j / LANES) * padded_classes + k][j % LANES] * statistics[inputs + j];
      norm += weight * weight;
    }
  }
  printf("{\"ms\":%.6f,\"loss\":%.9f,\"cost\":%.9f,\"accuracy\":%.6f,", elapsed, loss, loss + lambda * norm,
         (double)hits / images);
  printf("\"validationLoss\":%.9f,\"validationCost\":%.9f,\"validationAccuracy\":%.6f}\n", validation_loss,
         validation_loss + lambda * norm, (double)validation_hits / validation_images);
  fflush(stdout);
}

int main(int count, char **words) {
  if (count != 10) return 2;
  const char *folder = words[1];
  images = atoi(words[2]);
  validation_images = atoi(words[3]);
  classes = atoi(words[4]);
  inputs = atoi(words[5]);
  batch = atoi(words[6]);
  lambda = atof(words[7]);
  eta = atof(words[8]);
  threads = atoi(words[9]);
  if (inputs % PANEL != 0) {
    printf("{\"missing\":\"it takes whole panels of %d inputs, and there are %d\"}\n", PANEL, inputs);
    return 0;
  }
  int smallest = images % batch ? images % batch : batch;
  if (smallest / threads < ROW_TILE) {
    printf("{\"missing\":\"it takes %d images for each thread, and the last batch has %d\"}\n", ROW_TILE, smallest);
    return 0;
  }
  padded_classes = (classes + CLASS_TILE - 1) / CLASS_TILE * CLASS_TILE;

  train_images = read_file(folder, "train-images.u8", (size_t)images * inputs);
  train_labels = read_file(folder, "train-labels.u8", images);
  validation_pixels = read_file(folder, "validation-images.u8", (size_t)validation_images * inputs);
  validation_labels = read_file(folder, "validation-labels.u8", validation_images);
  order = read_file(folder, "order.u32", sizeof(uint32_t) * images);
  initial = read_file(folder, "initial.f64", sizeof(double) * (classes * inputs + classes));
  statistics = read_file(folder, "statistics.f64", sizeof(double) * 2 * inputs);
  means = allocate(sizeof(float) * inputs);
  inverse_variances = allocate(sizeof(float) * inputs);
  for (int j = 0; j < inputs; j++) {
    double deviation = statistics[inputs + j];
    means[j / LANES][j % LANES] = (float)statistics[j];
    inverse_variances[j / LANES][j % LANES] = (float)(1 / (deviation * deviation));
  }
  folded = allocate(sizeof(float) * padded_classes * inputs);
  biases = allocate(sizeof(float) * padded_classes);
  shares = allocate(sizeof(float) * padded_classes * threads);
  panels = allocate((size_t)(batch + ROW_TILE) * inputs);
  g = allocate(sizeof(float) * (batch + ROW_TILE) * padded_classes);
  train_figures = allocate(sizeof(Figures) * threads);
  validation_figures = allocate(sizeof(Figures) * threads);

  for (int thread = 1; thread < threads; thread++) {
    pthread_t started;
    if (pthread_create(&started, NULL, work, (void *)(intptr_t)thread)) return 1;
  }
  printf("{\"ready\":true,\"versions\":{\"compiler\":\"%s\",\"vector bits\":\"%d\"}}\n", __VERSION__,
         8 * VECTOR_BYTES);
  fflush(stdout);

  char line[64];
  while (fgets(line, sizeof line, stdin) && strcmp(line, "quit\n") != 0) {
    int evaluates = strcmp(line, "epoch+evaluate\n") == 0;
    reset();
    double start = milliseconds();
    everyone(EPOCH);
    if (evaluates) everyone(EVALUATE);
    double elapsed = milliseconds() - start;
    if (!evaluates) everyone(EVALUATE);
    answer(elapsed);
  }
  return 0;
}
