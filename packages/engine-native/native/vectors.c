// Which kernels this processor can run.
#include <string.h>
#include "engine.h"
#if defined(_WIN32)
#include <windows.h>
#endif

#if defined(__x86_64__)
extern const kernels avx512_kernels, avx2_kernels;
#elif defined(__aarch64__)
extern const kernels neon_kernels;
#endif
extern const kernels portable_kernels;

static bool is_always(void) { return true; }

#if defined(__x86_64__)
static bool has_avx512(void) {
#if defined(_WIN32)
  return IsProcessorFeaturePresent(PF_AVX512F_INSTRUCTIONS_AVAILABLE);
#else
  return __builtin_cpu_supports("avx512f");
#endif
}

/** Every processor with AVX2 has fused multiply-adds, which are asked for all the same where they can be. */
static bool has_avx2(void) {
#if defined(_WIN32)
  return IsProcessorFeaturePresent(PF_AVX2_INSTRUCTIONS_AVAILABLE);
#else
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
}
#endif

static const struct {
  const char *name;
  const kernels *kernels;
  bool (*is_supported)(void);
} ALL[] = {
#if defined(__x86_64__)
    {"avx512", &avx512_kernels, has_avx512},
    {"avx2", &avx2_kernels, has_avx2},
#elif defined(__aarch64__)
    {"neon", &neon_kernels, is_always},
#endif
    {"portable", &portable_kernels, is_always},
};

const kernels *find_kernels(const char *name) {
  for (size_t at = 0; at < sizeof ALL / sizeof *ALL; at++) {
    if (strcmp(ALL[at].name, name) == 0) return ALL[at].is_supported() ? ALL[at].kernels : NULL;
  }
  return NULL;
}

const char *vectors_at(size_t index) {
  for (size_t at = 0; at < sizeof ALL / sizeof *ALL; at++) {
    if (ALL[at].is_supported() && index-- == 0) return ALL[at].name;
  }
  return NULL;
}
