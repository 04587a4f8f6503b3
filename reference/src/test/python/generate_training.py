#!/usr/bin/python3
"""Writes golden files of training: ten steps of PyTorch's optimisers in float64, canonical.

What it is for: ../resources/golden/training/*.txt, which TrainingGoldenTest reads: small networks
of two layers with a head on the last step, mean squared error over a batch of examples, all of
them in every step; by Adam, and by SGD with momentum and clipping by global norm.
What it will not do: read anything of the Java project, or draw different numbers from run to run.

Run:  apt-get install -y python3-torch && /usr/bin/python3 generate_training.py
Made with PyTorch 1.13.0a0 and NumPy 1.24.2 (Debian 12).

Why PyTorch's parameters and the canonical ones take the same way:
- PyTorch's second bias, where it is only added to the first, would get the same gradient, and the
  sum of both would move twice as fast as the one canonical bias. It starts at zero here, and its
  gradient is made zero before it can move anything or count in a norm: neither optimiser moves a
  number whose gradients have all been zero. The GRU's candidate needs its second bias: c_h.
- The GRU's update gate has the other sign. Both optimisers are odd in the gradient, and a norm does
  not see signs.

Form of a file: golden_form.py. ROLE is weight (at the start), setting (learning_rate; momentum and
clip_norm [1], for SGD), input (x.<e> [time,input]) and target (y.<e> [1,output]) of each example e,
expected (losses [steps], each before its step) or trained (the weights after the last step).
"""

import pathlib

import numpy as np
import torch

from golden_form import GATES, canonical_weights, line, write, write_index

INPUT, HIDDEN, OUTPUT, LAYERS, TIME, EXAMPLES, STEPS = 2, 3, 2, 2, 5, 4, 10
FOLDER = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden" / "training"


class Network(torch.nn.Module):
    def __init__(self, kind):
        super().__init__()
        module = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[kind]
        self.kind = kind
        self.cells = module(INPUT, HIDDEN, LAYERS, batch_first=True)
        self.head = torch.nn.Linear(HIDDEN, OUTPUT)
        self.double()

    def forward(self, xs):
        return self.head(self.cells(xs)[0][:, -1])

    def without_redundant_biases(self, name, values):
        """A parameter's values or gradient, with zeros where a second bias is only added."""
        if not name.startswith("cells.bias_hh"):
            return values
        gates = GATES[self.kind]
        needed = torch.tensor([self.kind == "gru" and gate == "candidate" for gate in gates])
        return values * needed.repeat_interleave(HIDDEN)

    def canonical(self):
        """Copies: the optimiser moves PyTorch's parameters in place."""
        copies = {name: value.detach().numpy().copy() for name, value in self.named_parameters()}
        cells = {name: copies["cells." + name] for name, _ in self.cells.named_parameters()}
        return {
            **canonical_weights(self.kind, LAYERS, cells),
            "head.weights": copies["head.weight"],
            "head.bias": copies["head.bias"],
        }


def clip_by_global_norm(parameters, limit):
    """By the exact factor limit / norm: torch.nn.utils.clip_grad_norm_ divides by norm + 1e-6,
    which the oracle does not, and which would show in the sixth digit."""
    norm = torch.sqrt(sum((parameter.grad**2).sum() for parameter in parameters))
    if norm > limit:
        for parameter in parameters:
            parameter.grad *= limit / norm
    return bool(norm > limit)


def train(network, optimizer, xs, targets, clip_norm):
    losses, clipped = [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(network(xs), targets)
        loss.backward()
        for name, parameter in network.named_parameters():
            parameter.grad = network.without_redundant_biases(name, parameter.grad)
        if clip_norm is not None:
            clipped.append(clip_by_global_norm(list(network.parameters()), clip_norm))
        optimizer.step()
        losses.append(loss.item())
    # A limit that never binds, or always does, would pin half of the clipping.
    assert clip_norm is None or set(clipped) == {True, False}, clipped
    return np.array(losses)


def write_case(name, kind, cell, seed, settings):
    torch.manual_seed(seed)
    network = Network(kind)
    with torch.no_grad():
        for parameter_name, parameter in network.named_parameters():
            parameter.uniform_(-0.7, 0.7)
            parameter.copy_(network.without_redundant_biases(parameter_name, parameter))
    random = np.random.RandomState(2000 + seed)
    xs = random.uniform(-2, 2, (EXAMPLES, TIME, INPUT))
    targets = random.uniform(-1, 1, (EXAMPLES, 1, OUTPUT))

    if "momentum" in settings:
        optimizer = torch.optim.SGD(
            network.parameters(), settings["learning_rate"], settings["momentum"]
        )
    else:
        optimizer = torch.optim.Adam(network.parameters(), settings["learning_rate"])
    start = network.canonical()
    losses = train(
        network,
        optimizer,
        torch.from_numpy(xs),
        torch.from_numpy(targets[:, 0]),
        settings.get("clip_norm"),
    )
    trained = network.canonical()

    lines = [
        f"# {name}: PyTorch {torch.__version__}, float64, seed {seed};"
        " written by src/test/python/generate_training.py",
        "layers " + " ".join([cell] * LAYERS),
    ]
    lines += [line("setting", key, np.array([value])) for key, value in settings.items()]
    lines += [line("weight", key, start[key]) for key in start]
    lines += [line("input", f"x.{e}", xs[e]) for e in range(EXAMPLES)]
    lines += [line("target", f"y.{e}", targets[e]) for e in range(EXAMPLES)]
    lines.append(line("expected", "losses", losses))
    lines += [line("trained", key, trained[key]) for key in trained]
    write(FOLDER, name, lines)
    return name


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    names = []
    cells = [
        ("rnn", "rnn", "rnn:TANH"),
        ("gru-after", "gru", "gru:AFTER"),
        ("lstm", "lstm", "lstm"),
    ]
    for number, (name, kind, cell) in enumerate(cells):
        adam = {"learning_rate": 0.01}
        names.append(write_case(f"{name}-adam", kind, cell, 60 + number, adam))
        sgd = {"learning_rate": 0.1, "momentum": 0.9, "clip_norm": 0.5}
        names.append(write_case(f"{name}-sgd-clipped", kind, cell, 70 + number, sgd))
    write_index(FOLDER, names)


if __name__ == "__main__":
    main()
