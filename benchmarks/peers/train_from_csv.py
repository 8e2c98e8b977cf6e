"""PyTorch's side of collision-end-to-end.ts: a file like HIGGS.csv read with pyarrow, standardised, and the paper's network of
4 x 300 tanh trained on it in shuffled batches, the validation rows measured after every pass. A line of input is
`<path> <rows to train on> <rows to validate on> <batch> <passes>`; the answer is seconds. Starting Python and importing
PyTorch is not counted; the whole table stays in memory as one tensor, the fastest way that PyTorch has."""
import sys
import time

import pyarrow as pa
import torch
from pyarrow import csv
from torch import nn

threads = int(sys.argv[1])
torch.set_num_threads(threads)
pa.set_cpu_count(threads)
pa.set_io_thread_count(threads)
print(torch.__version__, flush=True)


def read(path):
    names = [f"c{i}" for i in range(29)]
    table = csv.read_csv(
        path,
        read_options=csv.ReadOptions(column_names=names),
        convert_options=csv.ConvertOptions(column_types={name: pa.float32() for name in names}),
    )
    columns = [torch.from_numpy(column.to_numpy()) for column in table.columns]
    return torch.stack(columns[1:], 1), columns[0][:, None]


def network():
    sizes = [28, 300, 300, 300, 300]
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [nn.Linear(a, b), nn.Tanh()]
    return nn.Sequential(*layers, nn.Linear(300, 1))


def train(path, rows, validation, batch, passes):
    x, y = read(path)
    mean, deviation = x[:rows].mean(0), x[:rows].std(0)
    x = (x - mean) / deviation
    model = network()
    loss = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=2e-5)
    for _ in range(passes):
        order = torch.randperm(rows)
        for start in range(0, rows, batch):
            chosen = order[start : start + batch]
            optimizer.zero_grad()
            loss(model(x[chosen]), y[chosen]).backward()
            optimizer.step()
        with torch.no_grad():
            loss(model(x[rows : rows + validation]), y[rows : rows + validation]).item()


for line in sys.stdin:
    path, *numbers = line.split()
    started = time.perf_counter()
    train(path, *map(int, numbers))
    print(time.perf_counter() - started, flush=True)
