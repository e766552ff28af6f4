// Reads what JavaScript gives. Each is true, or has thrown an error that names what is wrong.
#ifndef VALUES_H
#define VALUES_H
#include <node_api.h>
#include <stdbool.h>
#include <stddef.h>

bool get_arguments(napi_env env, napi_callback_info info, napi_value *to, size_t count);
/** Properties of an object. A text is cut off where it is longer than its place. */
bool get_text(napi_env env, napi_value object, const char *name, char *to, size_t size);
bool get_size(napi_env env, napi_value object, const char *name, size_t *to);
bool get_double(napi_env env, napi_value object, const char *name, double *to);
/** The place of a word among `count` words. */
bool get_word(napi_env env, napi_value object, const char *name, const char *const *words, int count, int *to);
/** The elements of a typed array, which has at least `least`. They stand still as long as the array is referenced. */
bool get_array(napi_env env, napi_value object, const char *name, napi_typedarray_type type, size_t least, void **to);
/** The same, or NULL for `undefined`. */
bool get_optional_array(napi_env env, napi_value object, const char *name, napi_typedarray_type type, size_t least,
                        void **to);
bool to_array(napi_env env, napi_value value, const char *name, napi_typedarray_type type, size_t least, void **to);
#endif
