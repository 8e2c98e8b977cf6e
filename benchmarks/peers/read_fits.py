"""Reads the first image of a FITS file as float32 of native byte order. Takes a path on a line of its input and answers
with seconds, peak memory (MB), pixels and their sum."""
import resource
import sys
import time

import astropy
import numpy as np
from astropy.io import fits

print(f"astropy {astropy.__version__}", flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    with fits.open(line.strip(), memmap=False) as hdus:
        pixels = hdus[0].data.astype(np.float32)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(seconds, peak, pixels.size, np.sum(pixels, dtype=np.float64), flush=True)
