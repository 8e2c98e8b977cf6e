"""PyTorch's side of training-step.ts: answers each line `<network> <steps>` on stdin with the milliseconds per step.

The networks are those of benchmarks/networks, with the same layers, batches, losses and optimisers.
"""
import sys
import time

import torch
from torch import nn

torch.set_num_threads(int(sys.argv[1]))


def mlp(batch, hidden=5):
    sizes = [28] + [300] * hidden
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [nn.Linear(a, b), nn.Tanh()]
    model = nn.Sequential(*layers, nn.Linear(300, 1), nn.Sigmoid())
    x, y = torch.randn(batch, 28), (torch.rand(batch, 1) > 0.5).float()
    return model, nn.BCELoss(), x, y, torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)


def lattice_cnn():
    batch, size = 200, 16
    pad = lambda x: nn.functional.pad(x, (0, 1, 0, 1), mode="circular")

    class Periodic(nn.Module):
        def forward(self, x):
            return pad(x)

    model = nn.Sequential(
        Periodic(), nn.Conv2d(2, 64, 2), nn.ReLU(), nn.Flatten(),
        nn.Linear(64 * size * size, 64), nn.ReLU(), nn.Dropout(0.5), nn.Linear(64, 2),
    )
    x = torch.randint(0, 2, (batch, 2, size, size)).float() * 2 - 1
    y = torch.randint(0, 2, (batch,))
    return model, nn.CrossEntropyLoss(), x, y, torch.optim.Adam(model.parameters(), lr=1e-4)


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        widths = [64, 128, 256, 512]
        self.down = nn.ModuleList(
            nn.Conv2d(a, b, 4, 2, 1) for a, b in zip([3] + widths, widths))
        self.down_norm = nn.ModuleList(
            nn.Identity() if i == 0 else nn.BatchNorm2d(w) for i, w in enumerate(widths))
        ins = [512, 512, 256]
        outs = [256, 128, 64]
        self.up = nn.ModuleList(nn.ConvTranspose2d(a, b, 4, 2, 1) for a, b in zip(ins, outs))
        self.up_norm = nn.ModuleList(nn.BatchNorm2d(b) for b in outs)
        self.restored = nn.ConvTranspose2d(128, 3, 4, 2, 1)

    def forward(self, x):
        skips = []
        for convolution, norm in zip(self.down, self.down_norm):
            x = norm(convolution(x))
            skips.append(x)
            x = nn.functional.leaky_relu(x, 0.2)
        for convolution, norm, skip in zip(self.up, self.up_norm, skips[-2::-1]):
            x = nn.functional.relu(torch.cat([norm(convolution(x)), skip], 1))
        return torch.tanh(self.restored(x))


def unet():
    model = UNet()
    x, y = torch.randn(4, 3, 64, 64), torch.randn(4, 3, 64, 64)
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-4, betas=(0.5, 0.999))
    return model, nn.L1Loss(), x, y, optimizer


class Recurrent(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.layer = layer
        self.output = nn.Linear(128, 1)

    def forward(self, x):
        states, _ = self.layer(x)
        return torch.sigmoid(self.output(states[:, -1]))


def recurrent(layer):
    model = Recurrent(layer)
    x, y = torch.randn(64, 50, 128), (torch.rand(64, 1) > 0.5).float()
    return model, nn.BCELoss(), x, y, torch.optim.Adam(model.parameters(), lr=1e-3)


networks = {
    "mlp-100": lambda: mlp(100),
    "mlp-1000": lambda: mlp(1000),
    "mlp4-100": lambda: mlp(100, 4),
    "mlp4-1000": lambda: mlp(1000, 4),
    "lattice-cnn": lattice_cnn,
    "unet": unet,
    "gru": lambda: recurrent(nn.GRU(128, 128, batch_first=True)),
    "gru-tfjs": lambda: recurrent(nn.GRU(128, 128, batch_first=True)),
    "lstm-tfjs": lambda: recurrent(nn.LSTM(128, 128, batch_first=True)),
}


def build(name):
    model, loss_of, x, y, optimizer = networks[name]()

    def step():
        optimizer.zero_grad()
        loss = loss_of(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    for _ in range(5):
        step()
    return step


steps = {}
print(torch.__version__, flush=True)
for line in sys.stdin:
    name, count = line.split()
    if name not in steps:
        steps[name] = build(name)
    step = steps[name]
    start = time.perf_counter()
    for _ in range(int(count)):
        step()
    print((time.perf_counter() - start) * 1e3 / int(count), flush=True)
