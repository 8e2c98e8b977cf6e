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


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.inner, self.outer = nn.Conv2d(width, width, 3, padding=1), nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x):
        return x + self.outer(torch.relu(self.inner(x)))


class ResidualUNet(nn.Module):
    def __init__(self):
        super().__init__()
        widths = [32, 64, 128]
        blocks = lambda width: nn.Sequential(Block(width), Block(width))
        self.head, self.tail = nn.Conv2d(3, 32, 2, 2), nn.ConvTranspose2d(32, 3, 2, 2)
        self.down = nn.ModuleList(blocks(w) for w in widths[:-1])
        self.halve = nn.ModuleList(nn.Conv2d(a, b, 2, 2) for a, b in zip(widths, widths[1:]))
        self.bottom = blocks(widths[-1])
        self.spread = nn.ModuleList(nn.ConvTranspose2d(b, a, 2, 2) for a, b in zip(widths, widths[1:]))
        self.up = nn.ModuleList(blocks(w) for w in widths[:-1])

    def forward(self, x):
        x = self.head(x)
        skips = []
        for blocks, halve in zip(self.down, self.halve):
            x = blocks(x)
            skips.append(x)
            x = halve(x)
        x = self.bottom(x)
        for i in (1, 0):
            x = self.up[i](self.spread[i](x) + skips[i])
        return self.tail(x)


class Pix2pix(nn.Module):
    def __init__(self):
        super().__init__()
        widths = [64, 128, 256, 512, 512, 512, 512, 512]
        bare = lambda i: i in (0, 7)
        self.down = nn.ModuleList(
            nn.Conv2d(a, b, 4, 2, 1, bias=bare(i)) for i, (a, b) in enumerate(zip([3] + widths, widths)))
        self.down_norm = nn.ModuleList(
            nn.Identity() if bare(i) else nn.BatchNorm2d(w) for i, w in enumerate(widths))
        outs = widths[6::-1]
        ins = [512] + [2 * w for w in outs]
        self.up = nn.ModuleList(nn.ConvTranspose2d(a, b, 4, 2, 1, bias=False) for a, b in zip(ins, outs))
        self.up_norm = nn.ModuleList(nn.BatchNorm2d(w) for w in outs)
        self.made = nn.ConvTranspose2d(128, 3, 4, 2, 1)

    def forward(self, x):
        skips = []
        for i, (convolution, norm) in enumerate(zip(self.down, self.down_norm)):
            x = norm(convolution(x if i == 0 else nn.functional.leaky_relu(x, 0.2)))
            skips.append(x)
        for i, (convolution, norm) in enumerate(zip(self.up, self.up_norm)):
            x = norm(convolution(torch.relu(x)))
            if i < 3:
                x = nn.functional.dropout(x, 0.5)
            x = torch.cat([x, skips[6 - i]], 1)
        return torch.tanh(self.made(torch.relu(x)))


def restoration(model, batch, size):
    x, y = torch.randn(batch, 3, size, size), torch.randn(batch, 3, size, size)
    return model, nn.L1Loss(), x, y, torch.optim.Adam(model.parameters(), lr=2e-4, betas=(0.5, 0.999))


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


class Records(nn.Module):
    def __init__(self, codes, units):
        super().__init__()
        self.codes = nn.Embedding(codes + 1, units)
        self.gru = nn.GRU(units, units, batch_first=True)
        self.output = nn.Linear(units, 1)

    def forward(self, x):
        states, _ = self.gru(self.codes(x))
        return torch.sigmoid(self.output(states[:, -1]))


def records(codes, steps, units):
    model = Records(codes, units)
    x, y = torch.randint(1, codes + 1, (64, steps)), (torch.rand(64, 1) > 0.5).float()
    return model, nn.BCELoss(), x, y, torch.optim.Adam(model.parameters(), lr=1e-3)


def deep_autoencoder():
    sizes = [784, 128, 64, 32, 64, 128]
    layers = [part for a, b in zip(sizes, sizes[1:]) for part in (nn.Linear(a, b), nn.ReLU())]
    model = nn.Sequential(*layers, nn.Linear(128, 784))
    x = torch.rand(256, 784)
    return model, nn.BCEWithLogitsLoss(), x, x, torch.optim.Adam(model.parameters(), lr=1e-3)


class Squash(nn.Module):
    def forward(self, x):
        return 1.7159 * torch.tanh(2 / 3 * x)


class Subsampling(nn.Module):
    def __init__(self, maps):
        super().__init__()
        self.coefficient = nn.Parameter(torch.full((maps, 1, 1), 0.25))
        self.bias = nn.Parameter(torch.zeros(maps, 1, 1))

    def forward(self, x):
        return 4 * nn.functional.avg_pool2d(x, 2) * self.coefficient + self.bias


class PartialConvolution(nn.Module):
    """Table I: a dense convolution whose missing pairs are masked, as PyTorch users write it."""

    table = [[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5], [0, 1, 2, 3], [1, 2, 3, 4],
             [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5], [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5],
             [0, 1, 2, 3, 4, 5]]

    def __init__(self):
        super().__init__()
        self.convolution = nn.Conv2d(6, 16, 5)
        mask = torch.zeros(16, 6, 1, 1)
        for to, maps in enumerate(self.table):
            mask[to, maps] = 1
        self.register_buffer("mask", mask)

    def forward(self, x):
        return nn.functional.conv2d(x, self.convolution.weight * self.mask, self.convolution.bias)


def lenet5():
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5), Squash(), Subsampling(6), Squash(), PartialConvolution(), Squash(), Subsampling(16),
        Squash(), nn.Conv2d(16, 120, 5), nn.Flatten(), Squash(), nn.Linear(120, 84), Squash(), nn.Linear(84, 10),
    )
    x, y = torch.rand(64, 1, 32, 32) * 1.275 - 0.1, torch.randint(0, 10, (64,))
    return model, nn.CrossEntropyLoss(), x, y, torch.optim.Adam(model.parameters(), lr=1e-3)


networks = {
    "deep-autoencoder": deep_autoencoder,
    "lenet5": lenet5,
    "mlp-100": lambda: mlp(100),
    "mlp-1000": lambda: mlp(1000),
    "mlp4-100": lambda: mlp(100, 4),
    "mlp4-1000": lambda: mlp(1000, 4),
    "lattice-cnn": lattice_cnn,
    "unet": unet,
    "residual-unet": lambda: restoration(ResidualUNet(), 4, 64),
    "pix2pix": lambda: restoration(Pix2pix(), 1, 256),
    "restore-424": lambda: restoration(ResidualUNet(), 1, 424),
    "gru": lambda: recurrent(nn.GRU(128, 128, batch_first=True)),
    "gru-codes-50": lambda: records(1000, 50, 100),
    "gru-codes-100": lambda: records(5000, 100, 100),
    "gru-codes-200": lambda: records(17000, 200, 128),
    "gru-tfjs": lambda: recurrent(nn.GRU(128, 128, batch_first=True)),
    "lstm-tfjs": lambda: recurrent(nn.LSTM(128, 128, batch_first=True)),
}


# Timed in use, without training.
in_use = {"restore-424"}


def build(name):
    model, loss_of, x, y, optimizer = networks[name]()

    def restore():
        with torch.inference_mode():
            return model(x)

    if name in in_use:
        model.eval()
        restore()
        return restore

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
