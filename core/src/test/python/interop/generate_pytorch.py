#!/usr/bin/python3
"""Writes small PyTorch networks, what they read and what they give, for PyTorchNamesTest.

What it is for: ../../resources/interop/NAME.state_dict.safetensors, the state dict as a user of
PyTorch would save it, and NAME.case.safetensors with x [windows * time, input] and y [windows,
output], computed in float64 from the float32 weights and then rounded to float32. A name that ends
with -one-bias has zeros as PyTorch's second bias wherever the canonical form has one bias, so that
the export must give the same file, byte for byte.
What it will not do: read anything of the Java project, or draw different numbers from run to run.

Run:  apt-get install -y python3-torch && /usr/bin/python3 generate_pytorch.py
Made with PyTorch 1.13.0a0 (Debian 12), which has no safetensors package: the format is written here
from its description, https://github.com/huggingface/safetensors#format.
"""

import json
import pathlib
import struct

import torch

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "resources" / "interop"
INPUT, HIDDEN, OUTPUT, TIME, WINDOWS = 3, 4, 2, 6, 3


class Network(torch.nn.Module):
    def __init__(self, kind, layers, **options):
        super().__init__()
        self.rnn = kind(INPUT, HIDDEN, layers, batch_first=True, **options)
        self.head = torch.nn.Linear(HIDDEN, OUTPUT)

    def forward(self, x):  # [batch, time, input]
        return self.head(self.rnn(x)[0][:, -1])  # [batch, output]


def save(tensors, name):
    """A length, a header in JSON, the numbers in the order of the names; float32 only."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for key in sorted(tensors):
        assert tensors[key].dtype == torch.float32
        numbers = tensors[key].detach().contiguous().numpy().astype("<f4").tobytes()
        offsets = [len(data), len(data) + len(numbers)]
        shape = list(tensors[key].shape)
        header[key] = {"dtype": "F32", "shape": shape, "data_offsets": offsets}
        data += numbers
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    (FOLDER / f"{name}.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)


def clear_second_biases(network):
    for name, parameter in network.rnn.named_parameters():
        if name.startswith("bias_hh"):
            # Of a GRU's gates r, z, n the last keeps it: r multiplies it.
            parameter[: 2 * HIDDEN if isinstance(network.rnn, torch.nn.GRU) else None] = 0


def write(name, seed, kind, layers, one_bias, **options):
    torch.manual_seed(seed)
    network = Network(kind, layers, **options)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.uniform_(-0.7, 0.7)
        if one_bias:
            clear_second_biases(network)
        save(network.state_dict(), f"{name}.state_dict")
        x = torch.empty(WINDOWS, TIME, INPUT).uniform_(-2, 2)
        y = network.double()(x.double()).float()
        save({"x": x.reshape(WINDOWS * TIME, INPUT), "y": y}, f"{name}.case")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    cells = [
        ("rnn-tanh", torch.nn.RNN, {"nonlinearity": "tanh"}),
        ("rnn-relu", torch.nn.RNN, {"nonlinearity": "relu"}),
        ("gru", torch.nn.GRU, {}),
        ("lstm", torch.nn.LSTM, {}),
    ]
    for seed, (name, kind, options) in enumerate(cells):
        write(name, seed, kind, layers=2, one_bias=False, **options)
        write(f"{name}-one-bias", 10 + seed, kind, layers=1, one_bias=True, **options)


if __name__ == "__main__":
    main()
