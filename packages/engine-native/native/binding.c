// What JavaScript calls, over Node-API. The TypeScript beside it (src/binding.ts) declares the same, and checks what
// users give; here only the types of its own calls are checked.
#define NAPI_VERSION 8
#include <node_api.h>
#include <stdlib.h>
#include <string.h>
#include "engine.h"
#include "values.h"

/** An engine as JavaScript holds it. */
typedef struct {
  engine engine;
  napi_env env;
  /** The host's W and b, and of the job under way what it reads and writes: kept while threads use them. */
  napi_ref parameters, arrays;
  /** Of the job under way, else NULL: resolves to whether it was done. */
  napi_deferred pending;
  napi_threadsafe_function done;
  bool is_open;
} handle;

/** In the order of `loss_kind` and `job_kind`. */
static const char *const LOSSES[] = {"softmax", "bce", "svm"};
static const char *const KINDS[] = {"load", "adopt", "train", "evaluate"};

static void run_part(void *context, size_t thread) {
  engine *engine = context;
  engine->kernels->run(engine, thread);
}

/** On the pool's thread. The engine is a handle's first member. */
static void tell_done(void *context) {
  handle *handle = context;
  napi_call_threadsafe_function(handle->done, NULL, napi_tsfn_blocking);
}

/** On the main thread: the job is over. */
static void settle(napi_env env, handle *handle, bool is_done) {
  if (handle->pending == NULL) return;
  napi_value result;
  napi_get_boolean(env, is_done, &result);
  napi_deferred pending = handle->pending;
  handle->pending = NULL;
  napi_delete_reference(env, handle->arrays);
  handle->arrays = NULL;
  // Node.js may end while nothing is computed.
  napi_unref_threadsafe_function(env, handle->done);
  napi_resolve_deferred(env, pending, result);
}

static void on_done(napi_env env, napi_value callback, void *context, void *data) {
  (void)callback;
  (void)data;
  // Without an environment Node.js is ending.
  if (env != NULL) settle(env, context, true);
}

/** Leaves the memory to nobody: threads end first. */
static void stop(handle *handle) {
  if (!handle->is_open) return;
  handle->is_open = false;
  pool_stop(handle->engine.pool);
  free_engine(&handle->engine);
}

static void on_exit_of_environment(void *data) { stop(data); }

static void finalize(napi_env env, void *data, void *hint) {
  (void)hint;
  handle *handle = data;
  if (handle->is_open) {
    napi_remove_env_cleanup_hook(env, on_exit_of_environment, handle);
    stop(handle);
    napi_release_threadsafe_function(handle->done, napi_tsfn_abort);
  }
  if (handle->parameters != NULL) napi_delete_reference(env, handle->parameters);
  free(handle);
}

static void fill_statistics(engine *engine, const double *means, const double *deviations) {
  for (size_t j = 0; j < engine->inputs; j++) {
    engine->means[j] = (float)means[j];
    engine->deviations[j] = (float)deviations[j];
    engine->scales[j] = (float)(1 / deviations[j]);
    engine->squared_scales[j] = (float)(1 / (deviations[j] * deviations[j]));
  }
}

static napi_value throw_error(napi_env env, const char *message) {
  napi_throw_error(env, NULL, message);
  return NULL;
}

/** `create(setup)`: an engine whose parameters are the setup's arrays. */
static napi_value create(napi_env env, napi_callback_info info) {
  napi_value setup;
  if (!get_arguments(env, info, &setup, 1)) return NULL;
  handle *handle = calloc(1, sizeof *handle);
  if (handle == NULL) return throw_error(env, "there is no memory for an engine");
  engine *engine = &handle->engine;
  char vectors[16];
  double *means, *deviations;
  if (!get_text(env, setup, "vectors", vectors, sizeof vectors) ||
      !get_size(env, setup, "threads", &engine->threads) || !get_size(env, setup, "inputs", &engine->inputs) ||
      !get_size(env, setup, "classes", &engine->classes) || !get_size(env, setup, "width", &engine->width) ||
      !get_word(env, setup, "loss", LOSSES, 3, (int *)&engine->loss) ||
      !get_array(env, setup, "means", napi_float64_array, engine->inputs, (void **)&means) ||
      !get_array(env, setup, "deviations", napi_float64_array, engine->inputs, (void **)&deviations) ||
      !get_array(env, setup, "weights", napi_float32_array, engine->classes * engine->inputs,
                 (void **)&engine->weights) ||
      !get_array(env, setup, "biases", napi_float32_array, engine->classes, (void **)&engine->biases)) {
    free(handle);
    return NULL;
  }
  engine->kernels = find_kernels(vectors);
  if (engine->kernels == NULL || engine->threads < 1 || engine->threads > MOST_THREADS) {
    free(handle);
    return throw_error(env, "vectors or threads are none that this processor has");
  }
  if (!allocate_engine(engine)) {
    free(handle);
    return throw_error(env, "there is no memory for an engine's arrays");
  }
  fill_statistics(engine, means, deviations);
  napi_value name, external;
  napi_create_string_utf8(env, "trainscope engine", NAPI_AUTO_LENGTH, &name);
  napi_create_threadsafe_function(env, NULL, NULL, name, 0, 1, NULL, NULL, handle, on_done, &handle->done);
  napi_unref_threadsafe_function(env, handle->done);
  int error;
  engine->pool = pool_start(engine->threads, run_part, tell_done, engine, &error);
  if (engine->pool == NULL) {
    napi_release_threadsafe_function(handle->done, napi_tsfn_abort);
    free_engine(engine);
    free(handle);
    return throw_error(env, "the system gives no thread to compute on");
  }
  handle->is_open = true;
  handle->env = env;
  napi_create_reference(env, setup, 1, &handle->parameters);
  napi_add_env_cleanup_hook(env, on_exit_of_environment, handle);
  napi_create_external(env, handle, finalize, NULL, &external);
  return external;
}

static bool get_handle(napi_env env, napi_value value, handle **to) {
  napi_valuetype type;
  napi_typeof(env, value, &type);
  if (type == napi_external && napi_get_value_external(env, value, (void **)to) == napi_ok && (*to)->is_open) {
    return true;
  }
  napi_throw_error(env, NULL, "expected an engine that is open");
  return false;
}

/** One past the largest of an order's images. */
static size_t end_of(const uint32_t *order, size_t count) {
  uint32_t largest = 0;
  for (size_t place = 0; place < count; place++) largest = order[place] > largest ? order[place] : largest;
  return (size_t)largest + 1;
}

static bool read_training(napi_env env, napi_value value, job *job) {
  size_t amount;
  if (job->rows == 0) {
    napi_throw_range_error(env, NULL, "rows is 0; expected at least 1");
    return false;
  }
  if (!get_size(env, value, "batchSize", &job->batch_size) ||
      !get_array(env, value, "order", napi_uint32_array, job->rows, (void **)&job->order) ||
      !get_double(env, value, "lambda", &job->lambda) ||
      !get_optional_array(env, value, "flips", napi_uint8_array, job->rows, (void **)&job->flips) ||
      !get_optional_array(env, value, "noiseKeys", napi_uint32_array, 2 * job->rows, (void **)&job->noise_keys) ||
      !get_size(env, value, "noiseAmount", &amount)) {
    return false;
  }
  job->noise_amount = (int32_t)amount;
  job->batch_size = job->batch_size == 0 ? 1 : smallest(job->batch_size, job->rows);
  size_t batches = (job->rows + job->batch_size - 1) / job->batch_size;
  return get_array(env, value, "learningRates", napi_float64_array, batches, (void **)&job->learning_rates);
}

static bool read_job(napi_env env, napi_value value, engine *engine) {
  job *job = &engine->job;
  if (!get_word(env, value, "kind", KINDS, 4, (int *)&job->kind)) return false;
  if (job->kind == LOAD || job->kind == ADOPT) return true;
  if (!get_size(env, value, "rows", &job->rows) ||
      !get_array(env, value, "losses", napi_float32_array, job->rows, (void **)&job->losses)) {
    return false;
  }
  size_t images;
  if (job->kind == TRAIN) {
    if (!read_training(env, value, job)) return false;
    images = end_of(job->order, job->rows);
  } else {
    if (!get_size(env, value, "firstRow", &job->first_row) ||
        !get_array(env, value, "probabilities", napi_float32_array, job->rows * engine->classes,
                   (void **)&job->probabilities)) {
      return false;
    }
    images = job->first_row + job->rows;
    atomic_store(&job->taken_rows, 0);
  }
  // Whoever reads beyond an array ends the process, or worse.
  return get_array(env, value, "images", napi_uint8_array, images * engine->inputs, (void **)&job->images) &&
         get_array(env, value, "labels", napi_uint8_array, images, (void **)&job->labels);
}

/** `run(engine, job)`: a promise of whether the job was done, and not left because the engine was closed. */
static napi_value run(napi_env env, napi_callback_info info) {
  napi_value arguments[2], promise;
  handle *handle;
  if (!get_arguments(env, info, arguments, 2) || !get_handle(env, arguments[0], &handle)) return NULL;
  if (handle->pending != NULL) return throw_error(env, "a job is under way");
  if (!read_job(env, arguments[1], &handle->engine)) return NULL;
  napi_create_promise(env, &handle->pending, &promise);
  napi_create_reference(env, arguments[1], 1, &handle->arrays);
  napi_ref_threadsafe_function(env, handle->done);
  pool_run(handle->engine.pool);
  return promise;
}

/** `lossSum(engine)`: of the last training. */
static napi_value loss_sum(napi_env env, napi_callback_info info) {
  napi_value argument, result;
  handle *handle;
  if (!get_arguments(env, info, &argument, 1) || !get_handle(env, argument, &handle)) return NULL;
  napi_create_double(env, handle->engine.job.loss_sum, &result);
  return result;
}

/** Between the order of tiles and `K x d`. */
static napi_value exchange_scaled_weights(napi_env env, napi_callback_info info, bool is_put) {
  napi_value arguments[2];
  handle *handle;
  float *values;
  if (!get_arguments(env, info, arguments, 2) || !get_handle(env, arguments[0], &handle)) return NULL;
  engine *engine = &handle->engine;
  if (!to_array(env, arguments[1], "scaled weights", napi_float32_array, engine->classes * engine->inputs,
                (void **)&values)) {
    return NULL;
  }
  // Padding is to be 0, and may be NaN where what was trained before has diverged.
  size_t bytes = engine->padded_classes * engine->padded_inputs * sizeof(float);
  if (is_put) memset(engine->scaled_weights, 0, bytes);
  for (size_t k = 0; k < engine->classes; k++) {
    for (size_t j = 0; j < engine->inputs; j++) {
      float *tile = engine->scaled_weights + place_of(engine, k, j);
      float *value = values + k * engine->inputs + j;
      if (is_put) *tile = *value;
      else *value = *tile;
    }
  }
  return NULL;
}

/** `copyScaledWeights(engine, to)`: `K x d`. */
static napi_value copy_scaled_weights(napi_env env, napi_callback_info info) {
  return exchange_scaled_weights(env, info, false);
}

/** `putScaledWeights(engine, from)`. */
static napi_value put_scaled_weights(napi_env env, napi_callback_info info) {
  return exchange_scaled_weights(env, info, true);
}

/** `close(engine)`: its threads have ended, and a job under way is not done. */
static napi_value close_engine(napi_env env, napi_callback_info info) {
  napi_value argument;
  handle *handle;
  if (!get_arguments(env, info, &argument, 1) || !get_handle(env, argument, &handle)) return NULL;
  napi_remove_env_cleanup_hook(env, on_exit_of_environment, handle);
  stop(handle);
  settle(env, handle, false);
  napi_delete_reference(env, handle->parameters);
  handle->parameters = NULL;
  napi_release_threadsafe_function(handle->done, napi_tsfn_abort);
  return NULL;
}

/** `elementary(vectors, isLog, values)`: exp or log in place, for tests. `values` has a multiple of LANES. */
static napi_value elementary(napi_env env, napi_callback_info info) {
  napi_value arguments[3];
  if (!get_arguments(env, info, arguments, 3)) return NULL;
  char vectors[16];
  size_t length, count;
  bool is_log;
  float *values;
  napi_typedarray_type type;
  if (napi_get_value_string_utf8(env, arguments[0], vectors, sizeof vectors, &length) != napi_ok ||
      napi_get_value_bool(env, arguments[1], &is_log) != napi_ok ||
      napi_get_typedarray_info(env, arguments[2], &type, &count, (void **)&values, NULL, NULL) != napi_ok ||
      type != napi_float32_array || count % LANES != 0) {
    return throw_error(env, "expected vectors, isLog, and a multiple of 16 floats");
  }
  const kernels *kernels = find_kernels(vectors);
  if (kernels == NULL) return throw_error(env, "vectors are none that this processor has");
  kernels->elementary(is_log, values, count);
  return NULL;
}

static napi_value build_name(napi_env env) {
  napi_value name;
  napi_create_string_utf8(env, ENGINE_BUILD, NAPI_AUTO_LENGTH, &name);
  return name;
}

static napi_value list_vectors(napi_env env) {
  napi_value list, name;
  napi_create_array(env, &list);
  for (size_t at = 0; vectors_at(at) != NULL; at++) {
    napi_create_string_utf8(env, vectors_at(at), NAPI_AUTO_LENGTH, &name);
    napi_set_element(env, list, (uint32_t)at, name);
  }
  return list;
}

NAPI_MODULE_INIT() {
  const napi_property_descriptor properties[] = {
      {"vectors", NULL, NULL, NULL, NULL, list_vectors(env), napi_enumerable, NULL},
      {"build", NULL, NULL, NULL, NULL, build_name(env), napi_enumerable, NULL},
      {"create", NULL, create, NULL, NULL, NULL, napi_default, NULL},
      {"run", NULL, run, NULL, NULL, NULL, napi_default, NULL},
      {"lossSum", NULL, loss_sum, NULL, NULL, NULL, napi_default, NULL},
      {"copyScaledWeights", NULL, copy_scaled_weights, NULL, NULL, NULL, napi_default, NULL},
      {"putScaledWeights", NULL, put_scaled_weights, NULL, NULL, NULL, napi_default, NULL},
      {"close", NULL, close_engine, NULL, NULL, NULL, napi_default, NULL},
      {"elementary", NULL, elementary, NULL, NULL, NULL, napi_default, NULL},
  };
  napi_define_properties(env, exports, sizeof properties / sizeof *properties, properties);
  return exports;
}
