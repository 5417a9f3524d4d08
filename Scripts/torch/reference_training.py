#!/usr/bin/env python3
"""Records what PyTorch's own modules, losses and optimizers make of twenty steps.

Writes Tests/ECGTrainingTests/Fixtures/reference.safetensors (weights to start from, inputs,
truths) and reference.json (losses). Needs torch 2.15 and numpy; run once, the files are kept.
"""
import json
import math
import pathlib
import struct

import torch
import torch.nn.functional as F

torch.manual_seed(20)
torch.set_num_threads(1)
FOLDER = pathlib.Path(__file__).resolve().parents[2] / "Tests/ECGTrainingTests/Fixtures"
STEPS = 20


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.nn.ModuleDict({
            "conv": torch.nn.Conv2d(1, 6, 5, 2, 2, bias=False), "norm": torch.nn.BatchNorm2d(6)})
        self.b = torch.nn.ModuleDict({
            "conv": torch.nn.Conv2d(6, 8, 3, 2, 1, bias=False), "norm": torch.nn.BatchNorm2d(8)})
        self.up = torch.nn.Conv2d(8, 6, 1)
        self.maps = torch.nn.Conv2d(12, 3, 3, padding=1)

    def forward(self, x):
        half = F.relu(self.a["norm"](self.a["conv"](x)))
        deep = F.relu(self.b["norm"](self.b["conv"](half)))
        up = F.interpolate(self.up(deep), scale_factor=2, mode="nearest")
        return self.maps(torch.cat([up, half], 1))


def masked(loss, mask):
    mask = mask.expand_as(loss)
    return (loss * mask).sum() / mask.sum().clamp(min=1)


def regression(out, t):
    squared = masked(F.mse_loss(out[:, :2], t["waves"], reduction="none"), t["mask"])
    entropy = F.binary_cross_entropy_with_logits(
        out[:, 2:], t["mask"], pos_weight=torch.tensor([3.0]))
    return squared + 0.25 * entropy


def columns(out, t):
    q = t["columns"] / t["columns"].sum(2, keepdim=True).clamp(min=1e-12)
    mass = t["columns"].sum(2, keepdim=True)
    logp = F.log_softmax(out[:, :1], 2)
    cross = -(t["columns"] * logp).sum() / mass.sum()
    p = logp.exp()
    m = ((p + q) / 2).log()
    js = 0.5 * (F.kl_div(m, p, reduction="none") + F.kl_div(m, q, reduction="none"))
    return 0.5 * cross + 2 * (js * mass).sum() / mass.sum()


def marks(out, t):
    x, y = out[:, :1], t["mask"]
    p = x.sigmoid()
    entropy = F.binary_cross_entropy_with_logits(x, y, reduction="none")
    hit = p * y + (1 - p) * (1 - y)
    focal = ((0.25 * y + 0.75 * (1 - y)) * (1 - hit) ** 2 * entropy).mean()
    dice = 1 - (2 * (p * y).sum((2, 3)) + 1) / (p.sum((2, 3)) + y.sum((2, 3)) + 1)
    smooth = F.smooth_l1_loss(out[:, 1:], t["waves"], beta=0.5)
    spots, y = out[:, :1], t["spots"]
    p = spots.sigmoid()
    middle = (y >= 0.99).float()
    corner = -((1 - p) ** 2 * F.logsigmoid(spots) * middle
               + (1 - y) ** 4 * p**2 * F.logsigmoid(-spots))
    return focal + dice.mean() + 0.5 * smooth + 0.1 * corner.sum() / (middle.sum() + 1)


def groups(net, decay):
    kernels = [p for p in net.parameters() if p.dim() > 1]
    others = [p for p in net.parameters() if p.dim() <= 1]
    return [{"params": kernels, "weight_decay": decay}, {"params": others, "weight_decay": 0}]


def cosine(step, rate, warm, lowest):
    f = step / STEPS
    return rate * min(1, (step + 1) / warm) * (
        lowest + (1 - lowest) * 0.5 * (1 + math.cos(math.pi * f)))


def one_cycle(step, rate, lowest, rising=0.3):
    f = step / STEPS
    if f < rising:
        return rate * (1 - 24 / 25 * 0.5 * (1 + math.cos(math.pi * f / rising)))
    t = (f - rising) / (1 - rising)
    return rate * (lowest + (1 - lowest) * 0.5 * (1 + math.cos(math.pi * t)))


def run(state, data, loss, make_optimizer, rate, longest=1e9, parts=1, averaging=0.0):
    net = Net()
    net.load_state_dict(state)
    optimizer = make_optimizer(net)
    average = {k: v.clone() for k, v in net.state_dict().items() if v.is_floating_point()}
    losses, norms = [], []
    for step in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = rate(step)
        total = 0.0
        for part in range(parts):
            rows = slice(part * 4 // parts, (part + 1) * 4 // parts)
            value = loss(net(data["input"][rows]), {k: v[rows] for k, v in data.items()}) / parts
            value.backward()
            total += value.item()
        losses.append(total)
        norms.append(torch.nn.utils.clip_grad_norm_(net.parameters(), longest).item())
        optimizer.step()
        optimizer.zero_grad()
        if averaging:
            memory = min(averaging, (2 + step) / (11 + step))
            for k, v in net.state_dict().items():
                if k in average:
                    average[k].lerp_(v, 1 - memory)
    net.load_state_dict(average if averaging else net.state_dict(), strict=False)
    net.eval()
    with torch.no_grad():
        final = loss(net(data["input"]), data).item()
    return {"losses": losses, "gradients": norms, "final": final}


def safetensors(tensors):
    header, body = {}, b""
    for name, t in tensors.items():
        raw = t.detach().float().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(t.shape),
                        "data_offsets": [len(body), len(body) + len(raw)]}
        body += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + body


state = {k: v.clone() for k, v in Net().state_dict().items()}
rows = torch.arange(8.0).view(1, 1, 8, 1)
data = {
    "input": torch.randn(4, 1, 16, 16),
    "waves": torch.rand(4, 2, 8, 8) * 2 - 1,
    "mask": (torch.rand(4, 1, 8, 8) > 0.4).float(),
    "spots": torch.rand(4, 1, 8, 8) * 0.9,
    "columns": torch.exp(-0.5 * (rows - torch.rand(4, 1, 1, 8) * 7) ** 2),
}
data["spots"].view(-1)[::37] = 1
data["columns"][:, :, :, 3] = 0
result = {
    "regression": run(
        state, data, regression, lambda n: torch.optim.AdamW(groups(n, 0.05)),
        lambda s: cosine(s, 0.01, 5, 0.01), longest=0.5),
    "columns": run(
        state, data, columns, lambda n: torch.optim.SGD(groups(n, 0.01), lr=1, momentum=0.8),
        lambda s: one_cycle(s, 0.05, 0.02)),
    "marks": run(
        state, data, marks, lambda n: torch.optim.AdamW(groups(n, 0.0), betas=(0.8, 0.99)),
        lambda s: 0.003, parts=2, averaging=0.9),
}
FOLDER.mkdir(parents=True, exist_ok=True)
kept = {"start." + k: v for k, v in state.items() if v.is_floating_point()}
kept |= {"data." + k: v for k, v in data.items()}
(FOLDER / "reference.safetensors").write_bytes(safetensors(kept))
(FOLDER / "reference.json").write_text(json.dumps(result, indent=1) + "\n")
print({k: (v["losses"][0], v["losses"][-1], v["final"]) for k, v in result.items()})
