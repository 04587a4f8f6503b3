#!/usr/bin/python3
"""Writes golden files of networks of segments: SegRNN in PyTorch, in float64, canonical.

What it is for: ../resources/golden/segments/*.txt, which SegmentedGoldenTest reads. The network is
written as its paper and its authors' code have it (Lin et al., 2023, arXiv 2308.11200): all channels
are rows of one batch, which nn.RNN, nn.GRU or nn.LSTM encodes over the segments of the window, and
a batch of one-step sequences, one for each segment of the horizon, starts from copies of the last
state. What the paper leaves out is put around it: several numbers a step, zeros before a window
that is no whole number of segments, a last segment of the horizon cut short, several outputs a
step, a linear map of the last values beside it, and RevIN without scales in the place of the last
value. No gradient here comes from a formula of ours: autograd finds all.
What it will not do: read anything of the Java project, or draw different numbers from run to run.

Run:  apt-get install -y python3-torch && /usr/bin/python3 generate_segments.py
Made with PyTorch 1.13.0a0 and NumPy 1.24.2 (Debian 12).

Form of a file: golden_form.py. ROLE is setting (length, channels, horizon, outputs_per_step [1];
normalisation [1]: 0 none, 1 last value, 2 mean and deviation), weight, input (x [time, channels *
numbers a channel]), expected (y [horizon * channels * outputs per step], in this order), and of a
loss that is the sum of all y times their coefficients: output_loss (y, the coefficients) and
output_gradient (of every weight, and x).
"""

import pathlib
import typing

import numpy as np
import torch
from torch import nn

from golden_form import canonical_gradients, canonical_weights, line, write, write_index

NONE, LAST_VALUE, INSTANCE = range(3)
FOLDER = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden" / "segments"
MODULES = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
KINDS = {"rnn": "rnn:TANH", "gru": "gru:AFTER", "lstm": "lstm"}


class Case(typing.NamedTuple):
    kind: str
    normalisation: int
    length: int
    channels: int
    inputs: int  # numbers a step of a channel
    time: int
    horizon: int
    outputs: int  # per step and channel
    linear: int  # steps that the linear map reads
    embedding: int
    hidden: int


class SegRNN(nn.Module):
    def __init__(self, case):
        super().__init__()
        self.case = case
        self.answers = -(-case.horizon // case.length)
        width = case.embedding // 2 if case.channels > 1 else case.embedding
        self.embedding = nn.Sequential(
            nn.Linear(case.length * case.inputs, case.embedding), nn.ReLU()
        )
        self.rnn = MODULES[case.kind](case.embedding, case.hidden, batch_first=True)
        self.positions = nn.Parameter(torch.empty(self.answers, width))
        if case.channels > 1:
            self.channels = nn.Parameter(torch.empty(case.channels, width))
        self.predict = nn.Linear(case.hidden, case.length * case.outputs)
        if case.linear > 0:
            self.linear = nn.Linear(case.linear, case.horizon)
        self.double()
        with torch.no_grad():
            for parameter in self.parameters():
                parameter.uniform_(-0.9, 0.9)

    def forward(self, x):
        case = self.case
        x = x.reshape(case.time, case.channels, case.inputs).permute(1, 0, 2)  # c, t, f
        value = x[:, :, :1]
        level, scale = torch.zeros(case.channels, 1, 1), torch.ones(case.channels, 1, 1)
        if case.normalisation == LAST_VALUE:
            level = value[:, -1:]
        if case.normalisation == INSTANCE:
            level = value.mean(dim=1, keepdim=True)
            scale = torch.sqrt(value.var(dim=1, keepdim=True, unbiased=False) + 1e-5)
        value = (value - level) / scale
        x = torch.cat([value, x[:, :, 1:]], dim=-1)

        before = -case.time % case.length
        x = nn.functional.pad(x, (0, 0, before, 0))
        x = x.reshape(case.channels, -1, case.length * case.inputs)  # c, n, w * f
        _, state = self.rnn(self.embedding(x))  # 1, c, h

        asked = self.positions.unsqueeze(0).repeat(case.channels, 1, 1)  # c, m, d
        if case.channels > 1:
            channels = self.channels.unsqueeze(1).repeat(1, self.answers, 1)
            asked = torch.cat([asked, channels], dim=-1)
        asked = asked.reshape(-1, 1, case.embedding)  # c * m, 1, d
        if case.kind == "lstm":
            state = tuple(self.copies(each) for each in state)
        else:
            state = self.copies(state)
        answered, _ = self.rnn(asked, state)
        y = self.predict(answered)  # c * m, 1, w * q
        y = y.reshape(case.channels, self.answers * case.length, case.outputs)[:, : case.horizon]
        if case.linear > 0:
            y = y + self.linear(value[:, -case.linear :, 0]).unsqueeze(-1)
        y = y * scale + level
        return y.permute(1, 0, 2).reshape(-1)

    def copies(self, state):
        """One for each segment of the horizon: 1, c, h to 1, c * m, h."""
        return state.repeat(1, 1, self.answers).reshape(1, -1, self.case.hidden)


NAMES = {
    "embedding.0.weight": "segments.embedding.weights",
    "embedding.0.bias": "segments.embedding.bias",
    "positions": "segments.positions",
    "channels": "segments.channels",
    "linear.weight": "segments.linear.weights",
    "linear.bias": "segments.linear.bias",
    "predict.weight": "head.weights",
    "predict.bias": "head.bias",
}


def canonical(kind, values, of_cells):
    """PyTorch's parameters or their gradients by PyTorch's names, by canonical names."""
    cells = {name[4:]: value for name, value in values.items() if name.startswith("rnn.")}
    others = {NAMES[name]: value for name, value in values.items() if name in NAMES}
    assert len(cells) + len(others) == len(values)
    return {**of_cells(kind, 1, cells), **others}


def write_case(name, seed, case):
    torch.manual_seed(seed)
    network = SegRNN(case)
    random = np.random.RandomState(1000 + seed)
    xs = random.uniform(-2, 2, (case.time, case.channels * case.inputs))
    coefficients = random.uniform(-1, 1, case.horizon * case.channels * case.outputs)

    x = torch.tensor(xs, requires_grad=True)
    y = network(x)
    parameters = dict(network.named_parameters())
    wanted = {**parameters, "x": x}
    found = torch.autograd.grad((y * torch.from_numpy(coefficients)).sum(), list(wanted.values()))
    gradients = {key: gradient.numpy() for key, gradient in zip(wanted, found)}
    of_x = gradients.pop("x")
    values = {key: value.detach().numpy() for key, value in parameters.items()}

    settings = {
        "length": case.length,
        "channels": case.channels,
        "normalisation": case.normalisation,
        "horizon": case.horizon,
        "outputs_per_step": case.outputs,
    }
    weights = canonical(case.kind, values, canonical_weights)
    of_weights = canonical(case.kind, gradients, canonical_gradients)
    lines = [
        f"# {name}: PyTorch {torch.__version__}, float64, seed {seed}; "
        "written by src/test/python/generate_segments.py",
        f"layers {KINDS[case.kind]}",
    ]
    lines += [line("setting", key, np.array([float(value)])) for key, value in settings.items()]
    lines += [line("weight", key, weights[key]) for key in sorted(weights)]
    lines += [line("input", "x", xs), line("expected", "y", y.detach().numpy())]
    lines += [line("output_loss", "y", coefficients)]
    lines += [line("output_gradient", key, of_weights[key]) for key in sorted(of_weights)]
    lines += [line("output_gradient", "x", of_x)]
    write(FOLDER, name, lines)
    return name


CASES = {
    # kind, normalisation, length, channels, inputs, time, horizon, outputs, linear, E, hidden
    "gru-after-last-value": Case("gru", LAST_VALUE, 3, 3, 1, 7, 5, 1, 0, 4, 5),
    "gru-after-instance": Case("gru", INSTANCE, 4, 1, 1, 3, 2, 3, 0, 3, 4),
    "gru-after-none-linear": Case("gru", NONE, 2, 2, 3, 9, 7, 2, 3, 6, 4),
    "lstm-last-value-linear": Case("lstm", LAST_VALUE, 3, 1, 2, 6, 6, 1, 6, 5, 3),
    "lstm-instance-linear": Case("lstm", INSTANCE, 3, 2, 2, 8, 7, 2, 4, 4, 4),
    "lstm-none": Case("lstm", NONE, 1, 3, 1, 4, 3, 1, 0, 2, 3),
    "rnn-tanh-instance-linear": Case("rnn", INSTANCE, 4, 3, 1, 10, 9, 1, 10, 4, 3),
}


def main():
    torch.set_default_dtype(torch.float64)
    FOLDER.mkdir(parents=True, exist_ok=True)
    names = [write_case(name, 70 + n, case) for n, (name, case) in enumerate(CASES.items())]
    write_index(FOLDER, names)


if __name__ == "__main__":
    main()
