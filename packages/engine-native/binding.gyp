# The kernels are compiled once for each kind of vectors, the rest once. Floats are what the source says: the compiler
# fuses nothing by itself, so that all variants give the same bits.
{
  'target_defaults': {
    'cflags': ['-std=gnu11', '-O3', '-ffp-contract=off', '-fno-math-errno', '-Wall', '-Wextra', '-Wno-psabi'],
    'xcode_settings': {
      'GCC_C_LANGUAGE_STANDARD': 'gnu11',
      'GCC_OPTIMIZATION_LEVEL': '3',
      'OTHER_CFLAGS': ['-ffp-contract=off', '-fno-math-errno'],
      'MACOSX_DEPLOYMENT_TARGET': '11.0',
    },
    # Visual C++ has no vector extensions: clang with its interface has.
    'msbuild_toolset': 'ClangCL',
    'msvs_settings': {
      'VCCLCompilerTool': {
        'LanguageStandard_C': 'stdc11',
        'AdditionalOptions': ['/clang:-O3', '/clang:-ffp-contract=off', '/clang:-fno-math-errno'],
      },
    },
  },
  'targets': [
    {
      'target_name': 'engine_native',
      'sources': [
        'native/binding.c',
        'native/values.c',
        'native/engine.c',
        'native/placing.c',
        'native/pool.c',
        'native/vectors.c',
      ],
      'defines': ['ENGINE_BUILD="<!(node build-name.mjs)"'],
      'dependencies': ['kernels_portable'],
      'conditions': [
        ['target_arch=="x64"', {'dependencies': ['kernels_avx512', 'kernels_avx2']}],
        ['target_arch=="arm64"', {'dependencies': ['kernels_neon']}],
      ],
    },
    {'target_name': 'kernels_portable', 'type': 'static_library', 'sources': ['native/kernels.c']},
  ],
  'conditions': [
    ['target_arch=="x64"', {
      'targets': [
        {
          'target_name': 'kernels_avx512',
          'type': 'static_library',
          'sources': ['native/kernels.c'],
          'defines': ['VECTORS_AVX512'],
          'cflags': ['-mavx512f', '-mavx2', '-mfma'],
          'xcode_settings': {'OTHER_CFLAGS': ['-mavx512f', '-mavx2', '-mfma', '-ffp-contract=off']},
          'msvs_settings': {'VCCLCompilerTool': {'AdditionalOptions': ['/clang:-mavx512f', '/clang:-mavx2', '/clang:-mfma']}},
        },
        {
          'target_name': 'kernels_avx2',
          'type': 'static_library',
          'sources': ['native/kernels.c'],
          'defines': ['VECTORS_AVX2'],
          'cflags': ['-mavx2', '-mfma'],
          'xcode_settings': {'OTHER_CFLAGS': ['-mavx2', '-mfma', '-ffp-contract=off']},
          'msvs_settings': {'VCCLCompilerTool': {'AdditionalOptions': ['/clang:-mavx2', '/clang:-mfma']}},
        },
      ],
    }],
    ['target_arch=="arm64"', {
      'targets': [
        {
          'target_name': 'kernels_neon',
          'type': 'static_library',
          'sources': ['native/kernels.c'],
          'defines': ['VECTORS_NEON'],
        },
      ],
    }],
  ],
}
