"""Names of the peers in Python, and what each of them needs."""

import ctypes
import sys


def dtype_of(peer):
    return "float64" if peer == "numpy64" else "float32"


def modules_of(peer):
    """Beside NumPy."""
    return {"torch": ["torch"], "sklearn": ["sklearn"]}.get(peer, [])


def versions(peer):
    names = ["numpy", *modules_of(peer)]
    found = {name: sys.modules[name].__version__ for name in names}
    return {"python": sys.version.split()[0], **found, "blas": blas_name(), "blas kernels": blas_kernels()}


def blas_kernels():
    """The processor whose kernels OpenBLAS has picked, e.g. SkylakeX; "unknown" where it can't be told."""
    try:
        with open("/proc/self/maps", encoding="utf8") as maps:
            paths = {line.split()[-1] for line in maps if "openblas" in line}
        corename = ctypes.CDLL(min(paths)).openblas_get_corename
    except (OSError, ValueError, AttributeError):
        return "unknown"
    corename.restype = ctypes.c_char_p
    return corename().decode()


def blas_name():
    """The libraries that NumPy's products come from, e.g. libopenblasp-r0.3.21.so; "unknown" where it can't be told."""
    try:
        with open("/proc/self/maps", encoding="utf8") as maps:
            files = {line.split("/")[-1].strip() for line in maps if ".so" in line}
    except OSError:
        return "unknown"
    names = sorted(file for file in files if file.startswith(("libopenblas", "libblas", "libmkl_rt", "libblis")))
    return " ".join(names) or "unknown"
