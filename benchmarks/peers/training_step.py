"""PyTorch's side of training-step.ts: answers each line `<batch> <steps>` on stdin with the milliseconds per step.

The network is 28 -> 5 x 300 tanh -> 1 sigmoid, SGD with momentum 0.9, binary cross-entropy.
"""
import sys
import time

import torch

threads = int(sys.argv[1])
torch.set_num_threads(threads)


def build(batch):
    sizes = [28, 300, 300, 300, 300, 300]
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [torch.nn.Linear(a, b), torch.nn.Tanh()]
    model = torch.nn.Sequential(*layers, torch.nn.Linear(300, 1), torch.nn.Sigmoid())
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    loss_of = torch.nn.BCELoss()
    x = torch.randn(batch, 28)
    y = (torch.rand(batch, 1) > 0.5).float()

    def step():
        optimizer.zero_grad()
        loss = loss_of(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


steps = {}
print(torch.__version__, flush=True)
for line in sys.stdin:
    batch, count = map(int, line.split())
    if batch not in steps:
        steps[batch] = build(batch)
        for _ in range(20):
            steps[batch]()
    step = steps[batch]
    start = time.perf_counter()
    for _ in range(count):
        step()
    print((time.perf_counter() - start) * 1e3 / count, flush=True)
