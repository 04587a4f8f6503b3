#!/usr/bin/python3
"""Writes what PyTorch's optimisers do to some parameters under given gradients, for OptimiserTest.

What it is for: ../../resources/training/optimisers.safetensors with start [parameter], gradients
[step, parameter], and for each case the parameters after every step, [step, parameter]; computed
in float64 from float32 starts and gradients and then rounded to float32. Gradients differ in size
by ten orders, and some are 0.
What it will not do: read anything of the Java project, or draw different numbers from run to run.

Run:  apt-get install -y python3-torch && /usr/bin/python3 generate_optimisers.py
Made with PyTorch 1.13.0a0 (Debian 12), which has no safetensors package: the format is written here
from its description, https://github.com/huggingface/safetensors#format.
"""

import json
import pathlib
import struct

import torch

FILE = pathlib.Path(__file__).resolve().parents[2] / "resources/training/optimisers.safetensors"
STEPS, PARAMETERS = 25, 37


def save(tensors):
    """A length, a header in JSON, the numbers in the order of the names; float32 only."""
    header, data = {}, b""
    for key in sorted(tensors):
        numbers = tensors[key].detach().contiguous().float().numpy().astype("<f4").tobytes()
        offsets = [len(data), len(data) + len(numbers)]
        shape = list(tensors[key].shape)
        header[key] = {"dtype": "F32", "shape": shape, "data_offsets": offsets}
        data += numbers
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_bytes(struct.pack("<Q", len(text)) + text + data)


def run(start, gradients, make):
    parameter = torch.nn.Parameter(start.double())
    optimiser = make([parameter])
    rows = []
    for gradient in gradients:
        parameter.grad = gradient.double()
        optimiser.step()
        rows.append(parameter.detach().clone())
    return torch.stack(rows)


def main():
    torch.manual_seed(1)
    start = torch.empty(PARAMETERS).uniform_(-1, 1)
    sizes = 10 ** torch.empty(PARAMETERS).uniform_(-8, 2)
    gradients = torch.randn(STEPS, PARAMETERS) * sizes
    gradients[:, 5] = 0
    gradients[3:, 6] = 0
    cases = {
        "adam": lambda p: torch.optim.Adam(p, lr=0.01),
        "adam-betas": lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.8, 0.9), eps=1e-4),
        "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1),
        "sgd": lambda p: torch.optim.SGD(p, lr=0.001),
        "sgd-momentum": lambda p: torch.optim.SGD(p, lr=0.001, momentum=0.9),
    }
    tensors = {"start": start, "gradients": gradients}
    for name, make in cases.items():
        tensors[name] = run(start, gradients, make)
    save(tensors)


if __name__ == "__main__":
    main()
