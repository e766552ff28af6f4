#define NAPI_VERSION 8
#include "values.h"
#include <stdio.h>
#include <string.h>

static bool refuse(napi_env env, const char *name) {
  char message[96];
  snprintf(message, sizeof message, "%s is not what the engine's binding takes", name);
  napi_throw_type_error(env, NULL, message);
  return false;
}

bool get_arguments(napi_env env, napi_callback_info info, napi_value *to, size_t count) {
  size_t found = count;
  if (napi_get_cb_info(env, info, &found, to, NULL, NULL) == napi_ok && found == count) return true;
  return refuse(env, "the number of arguments");
}

bool get_text(napi_env env, napi_value object, const char *name, char *to, size_t size) {
  napi_value value;
  size_t length;
  if (napi_get_named_property(env, object, name, &value) == napi_ok &&
      napi_get_value_string_utf8(env, value, to, size, &length) == napi_ok) {
    return true;
  }
  return refuse(env, name);
}

bool get_double(napi_env env, napi_value object, const char *name, double *to) {
  napi_value value;
  if (napi_get_named_property(env, object, name, &value) == napi_ok &&
      napi_get_value_double(env, value, to) == napi_ok) {
    return true;
  }
  return refuse(env, name);
}

bool get_size(napi_env env, napi_value object, const char *name, size_t *to) {
  double value;
  if (!get_double(env, object, name, &value)) return false;
  // 2^52: what is larger may be no whole number.
  if (!(value >= 0 && value < 4503599627370496.0)) return refuse(env, name);
  *to = (size_t)value;
  return true;
}

bool get_word(napi_env env, napi_value object, const char *name, const char *const *words, int count, int *to) {
  char word[16];
  if (!get_text(env, object, name, word, sizeof word)) return false;
  for (*to = 0; *to < count; (*to)++) {
    if (strcmp(words[*to], word) == 0) return true;
  }
  return refuse(env, name);
}

bool to_array(napi_env env, napi_value value, const char *name, napi_typedarray_type type, size_t least, void **to) {
  napi_typedarray_type found;
  size_t length;
  if (napi_get_typedarray_info(env, value, &found, &length, to, NULL, NULL) == napi_ok && found == type &&
      length >= least) {
    return true;
  }
  return refuse(env, name);
}

bool get_array(napi_env env, napi_value object, const char *name, napi_typedarray_type type, size_t least, void **to) {
  napi_value value;
  if (napi_get_named_property(env, object, name, &value) != napi_ok) return refuse(env, name);
  return to_array(env, value, name, type, least, to);
}

bool get_optional_array(napi_env env, napi_value object, const char *name, napi_typedarray_type type, size_t least,
                        void **to) {
  napi_value value;
  napi_valuetype kind;
  if (napi_get_named_property(env, object, name, &value) != napi_ok || napi_typeof(env, value, &kind) != napi_ok) {
    return refuse(env, name);
  }
  if (kind != napi_undefined) return to_array(env, value, name, type, least, to);
  *to = NULL;
  return true;
}
