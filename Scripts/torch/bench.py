#!/usr/bin/env python3
"""The lattice network in Python: PyTorch trains it, OpenVINO runs the exported file.

Prints lines of `what<TAB>milliseconds`, as `einthoven-train measure` does.
usage: bench.py THREADS STEPS FILE.onnx [--cpu-time]
"""
import sys
import time

import numpy as np
import openvino as ov
import torch
import torch.nn.functional as F
from torch import nn

THREADS, STEPS, FILE = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
NOW = time.process_time if "--cpu-time" in sys.argv else time.perf_counter
CHANNELS = [16, 32, 64, 96, 128]


class Block(nn.Sequential):
    def __init__(self, before, after, size=3, stride=1):
        super().__init__(nn.Conv2d(before, after, size, stride, size // 2, bias=False),
                         nn.BatchNorm2d(after), nn.ReLU())


class Lattice(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = Block(3, CHANNELS[0], 5, 2)
        self.down = nn.ModuleList(Block(a, b, 3, 2) for a, b in zip(CHANNELS, CHANNELS[1:]))
        self.enter = nn.ModuleList(nn.Sequential(Block(c, c), Block(c, c)) for c in CHANNELS)
        self.up = nn.ModuleList(nn.Conv2d(b, a, 1) for a, b in zip(CHANNELS, CHANNELS[1:]))
        self.leave = nn.ModuleList(
            nn.Sequential(Block(2 * c, c), Block(c, c)) for c in CHANNELS[:-1])
        self.maps = nn.Conv2d(CHANNELS[0], 5, 1)

    def forward(self, x):
        x = self.enter[0](self.stem(x))
        skips = []
        for down, enter in zip(self.down, self.enter[1:]):
            skips.append(x)
            x = enter(down(x))
        for level in reversed(range(4)):
            x = F.interpolate(self.up[level](x), scale_factor=2, mode="nearest")
            x = self.leave[level](torch.cat([x, skips[level]], 1))
        return self.maps(x)


def fastest(work, count=STEPS):
    best = float("inf")
    for number in range(count + 2):
        began = NOW()
        work()
        if number >= 2:
            best = min(best, NOW() - began)
    return best * 1000


core = ov.Core()
picture = np.random.rand(1, 3, 512, 512).astype(np.float32)
for name in ["f32", "bf16"]:
    request = core.compile_model(FILE, "CPU", {
        "INFERENCE_PRECISION_HINT": name, "INFERENCE_NUM_THREADS": THREADS,
        "PERFORMANCE_HINT": "LATENCY"}).create_infer_request()
    print(f"inference {name}\t{fastest(lambda: request.infer([picture]), 8 * STEPS)}", flush=True)

torch.set_num_threads(THREADS)
for name in ["f32", "bf16"]:
    net = Lattice().to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=1e-4, fused=True)
    # As in Swift, and in any training, a step begins with examples, not with a batch.
    pictures = [torch.rand(3, 256, 256) for _ in range(8)]
    truths = [torch.rand(5, 128, 128) for _ in range(8)]

    def step():
        x = torch.stack(pictures).to(memory_format=torch.channels_last)
        truth = torch.stack(truths).to(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16, enabled=name == "bf16"):
            out = net(x)
        loss = F.mse_loss(out.float(), truth)
        loss.item()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimizer.step()
        optimizer.zero_grad()

    print(f"training {name}\t{fastest(step)}", flush=True)
