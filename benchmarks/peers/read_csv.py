"""Reads a CSV file without a header as float32 columns, with two threads. Takes a path on a line of its input and
answers with seconds, seconds of all cores together, peak memory (MB), rows and the sum of the first column."""
import resource
import sys
import time

reader = sys.argv[1]
if reader.startswith("pyarrow"):
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    pa.set_cpu_count(2)
    pa.set_io_thread_count(2)
    print(f"pyarrow {pa.__version__}", flush=True)
else:
    import duckdb

    print(f"duckdb {duckdb.__version__}", flush=True)


def columns(path):
    with open(path) as file:
        return [f"c{i}" for i in range(file.readline().count(",") + 1)]


def arrow_options(path):
    names = columns(path)
    return {
        "read_options": csv.ReadOptions(column_names=names, use_threads=True),
        "convert_options": csv.ConvertOptions(column_types={name: pa.float32() for name in names}),
    }


def whole(path):
    table = csv.read_csv(path, **arrow_options(path))
    return table.num_rows, pc.sum(table.column(0).cast(pa.float64())).as_py()


def stream(path):
    rows, total = 0, 0.0
    for batch in csv.open_csv(path, **arrow_options(path)):
        rows += batch.num_rows
        total += pc.sum(batch.column(0).cast(pa.float64())).as_py()
    return rows, total


def duck(path):
    names = columns(path)
    types = ", ".join(f"'{name}': 'FLOAT'" for name in names)
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    # Sums of all columns, since a column that is not asked for is not parsed.
    sums = ", ".join(f"sum({name}::DOUBLE)" for name in names)
    query = f"SELECT count(*), {sums} FROM read_csv(?, header = false, delim = ',', columns = {{{types}}})"
    found = connection.execute(query, [path]).fetchone()
    return found[0], found[1]


readers = {"pyarrow": whole, "pyarrow-stream": stream, "duckdb": duck}
for line in sys.stdin:
    start = time.perf_counter()
    rows, total = readers[reader](line.strip())
    seconds = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, rows, total, flush=True)
