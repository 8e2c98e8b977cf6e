"""Reads an IDX file of images as numpy does: gunzip, frombuffer, reshape. Takes a path on a line of its input and answers with
seconds, peak memory (MB), pixels and their sum."""
import gzip
import resource
import sys
import time

import numpy as np

print(f"numpy {np.__version__}", flush=True)
for line in sys.stdin:
    path = line.strip()
    start = time.perf_counter()
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        content = file.read()
    shape = np.frombuffer(content, ">u4", 3, 4)
    pixels = np.frombuffer(content, np.uint8, offset=16).reshape(shape)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(seconds, peak, pixels.size, np.sum(pixels, dtype=np.int64), flush=True)
