#!/usr/bin/python3
"""Writes the oracle's golden files: what PyTorch computes in float64, in the canonical form.

What it is for: ../resources/golden/*.txt, which GoldenTest reads and the oracle must match within
1e-12. PyTorch has tanh and relu RNNs, LSTMs, and GRUs that reset after the product; the logistic
RNN and the GRU that resets before the product are written here with NumPy from their equations.
What it will not do: read anything of the Java project, or draw different numbers from run to run.

Run:  apt-get install -y python3-torch && /usr/bin/python3 generate_golden.py
Made with PyTorch 1.13.0a0 and NumPy 1.24.2 (Debian 12).

Form of a file: '#' comments; `layers KIND...`; then one tensor a line,
`ROLE NAME SHAPE VALUES...`, SHAPE as 3,2, values in row-major order with 17 significant digits.
ROLE is weight, input (x [time,input], h.<n> and c.<n> [hidden], the states before the first step)
or expected (y [output], from zero states; from the given states: h [time,hidden] of the top layer,
h.<n> and c.<n> [hidden] of each layer after the last step).
"""

import pathlib

import numpy as np
import torch

INPUT, HIDDEN, OUTPUT, TIME = 3, 4, 2, 6
FOLDER = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden"


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def numpy_rnn_sigmoid(weights, prefix, xs, h):
    def w(name):
        return weights[f"{prefix}hidden.{name}"]

    hs = []
    for x in xs:
        h = sigmoid(w("input_weights") @ x + w("recurrent_weights") @ h + w("bias"))
        hs.append(h)
    return np.array(hs)


def numpy_gru_before(weights, prefix, xs, h):
    def affine(gate, x, state):
        w = f"{prefix}{gate}."
        return (
            weights[w + "input_weights"] @ x
            + weights[w + "recurrent_weights"] @ state
            + weights[w + "bias"]
        )

    hs = []
    for x in xs:
        z = sigmoid(affine("update", x, h))
        r = sigmoid(affine("reset", x, h))
        candidate = np.tanh(affine("candidate", x, r * h))
        h = (1 - z) * h + z * candidate
        hs.append(h)
    return np.array(hs)


def blocks(module, parameter, layer, count):
    """One PyTorch parameter of stacked gates, cut into its gates."""
    return np.split(getattr(module, f"{parameter}_l{layer}").detach().numpy(), count)


def canonical(module, kind, layers):
    """PyTorch's stacked gates and two biases, as canonical tensors."""
    order = {
        "rnn": ["hidden"],
        "gru": ["reset", "update", "candidate"],  # PyTorch: r, z, n
        "lstm": ["input", "forget", "candidate", "output"],  # PyTorch: i, f, g, o
    }[kind]
    weights = {}
    for n in range(layers):
        per_gate = zip(
            order,
            *(
                blocks(module, name, n, len(order))
                for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            ),
        )
        for gate, w, u, b_input, b_recurrent in per_gate:
            prefix = f"layers.{n}.{gate}."
            if kind == "gru" and gate == "candidate":
                # Reset after the product: r multiplies the second bias, so they cannot be summed.
                weights[prefix + "recurrent_bias"] = b_recurrent
                b = b_input
            else:
                b = b_input + b_recurrent
            # PyTorch: h = (1 - z') n + z' h', so z = 1 - z' = sigmoid(-(...)).
            sign = -1.0 if kind == "gru" and gate == "update" else 1.0
            weights[prefix + "input_weights"] = sign * w
            weights[prefix + "recurrent_weights"] = sign * u
            weights[prefix + "bias"] = sign * b
    return weights


def drawn(random, gates, layers):
    """Canonical tensors drawn from a seed, for the cells that PyTorch does not have."""
    weights = {}
    for n in range(layers):
        for gate in gates:
            prefix = f"layers.{n}.{gate}."
            weights[prefix + "input_weights"] = random.uniform(
                -0.7, 0.7, (HIDDEN, INPUT if n == 0 else HIDDEN)
            )
            weights[prefix + "recurrent_weights"] = random.uniform(-0.7, 0.7, (HIDDEN, HIDDEN))
            weights[prefix + "bias"] = random.uniform(-0.7, 0.7, HIDDEN)
    return weights


def torch_case(kind, layers, seed, **options):
    torch.manual_seed(seed)
    module_type = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[kind]
    module = module_type(INPUT, HIDDEN, layers, batch_first=True, **options).double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.uniform_(-0.7, 0.7)
    weights = canonical(module, kind, layers)

    def run(xs, h0, c0):
        states = torch.from_numpy(h0[:, None, :].copy())
        if kind == "lstm":
            states = (states, torch.from_numpy(c0[:, None, :].copy()))
        with torch.no_grad():
            out, last = module(torch.from_numpy(xs[None].copy()), states)
        if kind == "lstm":
            return out[0].numpy(), last[0][:, 0].numpy(), last[1][:, 0].numpy()
        return out[0].numpy(), last[:, 0].numpy(), None

    return weights, run


def numpy_case(gates, layer_forward, layers, seed):
    weights = drawn(np.random.RandomState(seed), gates, layers)

    def run(xs, h0, _c0):
        last = []
        for n in range(layers):
            xs = layer_forward(weights, f"layers.{n}.", xs, h0[n])
            last.append(xs[-1])
        return xs, np.array(last), None

    return weights, run


def line(role, name, value):
    shape = ",".join(str(size) for size in value.shape)
    numbers = " ".join(f"{number:.17g}" for number in value.ravel())
    return f"{role} {name} {shape} {numbers}"


def write(name, kind, layers, seed, source, weights, run):
    random = np.random.RandomState(1000 + seed)
    xs = random.uniform(-2, 2, (TIME, INPUT))
    h0 = random.uniform(-1, 1, (layers, HIDDEN))
    c0 = random.uniform(-1, 1, (layers, HIDDEN))
    head_weights = random.uniform(-1, 1, (OUTPUT, HIDDEN))
    head_bias = random.uniform(-1, 1, OUTPUT)

    from_zeros, _, _ = run(xs, np.zeros_like(h0), np.zeros_like(c0))
    hs, h_last, c_last = run(xs, h0, c0)

    lines = [
        f"# {name}: {source}, float64, seed {seed}; written by src/test/python/generate_golden.py",
        "layers " + " ".join([kind] * layers),
    ]
    lines += [line("weight", key, weights[key]) for key in sorted(weights)]
    lines.append(line("weight", "head.weights", head_weights))
    lines.append(line("weight", "head.bias", head_bias))
    lines.append(line("input", "x", xs))
    lines += [line("input", f"h.{n}", h0[n]) for n in range(layers)]
    if c_last is not None:
        lines += [line("input", f"c.{n}", c0[n]) for n in range(layers)]
    lines.append(line("expected", "y", head_weights @ from_zeros[-1] + head_bias))
    lines.append(line("expected", "h", hs))
    lines += [line("expected", f"h.{n}", h_last[n]) for n in range(layers)]
    if c_last is not None:
        lines += [line("expected", f"c.{n}", c_last[n]) for n in range(layers)]
    (FOLDER / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="ascii")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    pytorch = f"PyTorch {torch.__version__}"
    numpy = f"NumPy {np.__version__}"
    gru_gates = ["update", "reset", "candidate"]
    cases = [
        ("rnn-tanh", "rnn:TANH", pytorch, lambda n, s: torch_case("rnn", n, s)),
        (
            "rnn-relu",
            "rnn:RELU",
            pytorch,
            lambda n, s: torch_case("rnn", n, s, nonlinearity="relu"),
        ),
        (
            "rnn-sigmoid",
            "rnn:SIGMOID",
            numpy,
            lambda n, s: numpy_case(["hidden"], numpy_rnn_sigmoid, n, s),
        ),
        ("gru-after", "gru:AFTER", pytorch, lambda n, s: torch_case("gru", n, s)),
        (
            "gru-before",
            "gru:BEFORE",
            numpy,
            lambda n, s: numpy_case(gru_gates, numpy_gru_before, n, s),
        ),
        ("lstm", "lstm", pytorch, lambda n, s: torch_case("lstm", n, s)),
    ]
    for layers in (1, 2):
        for number, (name, kind, source, case) in enumerate(cases):
            seed = 10 * layers + number
            write(f"{name}-{layers}", kind, layers, seed, source, *case(layers, seed))


if __name__ == "__main__":
    main()
