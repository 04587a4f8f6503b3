#!/usr/bin/python3
"""Writes the oracle's golden files: what PyTorch computes in float64, in the canonical form.

What it is for: ../resources/golden/*.txt, which GoldenTest reads and the oracle must match within
1e-12. PyTorch has tanh and relu RNNs, LSTMs, and GRUs that reset after the product; the logistic
RNN and the GRU that resets before the product are written here with NumPy from their equations, and
once more as PyTorch expressions for autograd to differentiate: no gradient here comes from a
formula of ours. ONNX's own reference of the GRU, forward only, is a second opinion on both resets.
What it will not do: read anything of the Java project, or draw different numbers from run to run.

Run:  apt-get install -y python3-torch python3-onnx && /usr/bin/python3 generate_golden.py
Made with PyTorch 1.13.0a0, ONNX 1.12.0 and NumPy 1.24.2 (Debian 12).

Form of a file: golden_form.py. ROLE is weight, input (x [time,input], h.<n> and c.<n> [hidden], the
states before the first step) or expected (y [output], from zero states; from the given states:
outputs [time,output] of the head at every step, h [time,hidden] of the top layer, h.<n> and c.<n>
[hidden] of each layer after the last step).

Gradients are of two losses, both from the given states and both linear, so that their coefficients
are what backpropagation starts from; each has a gradient for every weight and input it depends on:
output_loss  y [time,output]: sum over all steps of y_t times its coefficients -> output_gradient
state_loss   h [time,hidden], h.0 and c.0 [hidden] (files of one layer): sum over all steps of h_t
             times its coefficients, plus last h and c times theirs          -> state_gradient
"""

import pathlib
import typing

import numpy as np
import onnx
import torch
from onnx.backend.test.case.node.gru import GRU_Helper

from golden_form import canonical_gradients, canonical_weights, line, write, write_index

INPUT, HIDDEN, OUTPUT, TIME = 3, 4, 2, 6
FOLDER = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden"
GRU_GATES = ["update", "reset", "candidate"]


class Case(typing.NamedTuple):
    """One network below its head. Both ways to run it take xs [time,input], h0 and c0
    [layers,hidden], and give hs [time,hidden] of the top layer and the last h and c
    [layers,hidden]; c is None, and c0 not read, where the cell has none."""

    weights: dict  # canonical, NumPy
    run: typing.Callable  # in NumPy arrays
    forward: typing.Optional[typing.Callable] = None  # in PyTorch tensors; None: no gradients
    parameters: typing.Optional[dict] = None  # forward's weights by the source's own names
    canonical_gradients: typing.Callable = dict  # from the source's names to the canonical ones


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


def torch_rnn_sigmoid(weights, prefix, xs, h):
    w, u, b = (
        weights[f"{prefix}hidden.{name}"] for name in ("input_weights", "recurrent_weights", "bias")
    )
    hs = []
    for x in xs:
        h = torch.sigmoid(w @ x + u @ h + b)
        hs.append(h)
    return torch.stack(hs)


def torch_gru_before(weights, prefix, xs, h):
    (w_z, u_z, b_z), (w_r, u_r, b_r), (w_h, u_h, b_h) = (
        [weights[f"{prefix}{gate}.{n}"] for n in ("input_weights", "recurrent_weights", "bias")]
        for gate in GRU_GATES
    )
    hs = []
    for x in xs:
        z = torch.sigmoid(w_z @ x + u_z @ h + b_z)
        r = torch.sigmoid(w_r @ x + u_r @ h + b_r)
        h = (1 - z) * h + z * torch.tanh(w_h @ x + u_h @ (r * h) + b_h)
        hs.append(h)
    return torch.stack(hs)


def onnx_gru(linear_before_reset):
    """ONNX's reference of the operator GRU, which its backends are tested with: NumPy in float64.

    Its limits: one direction, one layer, no clip and no sequence_lens. All of its parameters but X
    lose their first axis, so that even the attribute linear_before_reset has to come as an array.
    """

    def run(weights, prefix, xs, h):
        def w(gate, name):
            # ONNX: H = (1 - z') h~ + z' H', so z = 1 - z' = sigmoid(-(...)).
            return (-1.0 if gate == "update" else 1.0) * weights[f"{prefix}{gate}.{name}"]

        def stacked(name):
            return np.concatenate([w(gate, name) for gate in GRU_GATES])  # ONNX: z, r, h

        recurrent_bias = np.zeros(3 * HIDDEN)
        if linear_before_reset:
            recurrent_bias[2 * HIDDEN :] = w("candidate", "recurrent_bias")
        all_hs, last = GRU_Helper(
            X=xs[:, None, :],
            W=stacked("input_weights")[None],
            R=stacked("recurrent_weights")[None],
            B=np.concatenate([stacked("bias"), recurrent_bias])[None],
            initial_h=h[None, None],
            linear_before_reset=np.array([linear_before_reset]),
        ).step()
        hs = all_hs[:, 0, 0]
        assert hs.dtype == np.float64 and np.array_equal(hs[-1], last[0, 0])
        return hs

    return run


def drawn(random, gates, layers, recurrent_bias=False):
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
        if recurrent_bias:
            weights[f"layers.{n}.candidate.recurrent_bias"] = random.uniform(-0.7, 0.7, HIDDEN)
    return weights


def torch_case(kind, layers, seed, **options):
    torch.manual_seed(seed)
    module_type = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[kind]
    module = module_type(INPUT, HIDDEN, layers, batch_first=True, **options).double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.uniform_(-0.7, 0.7)
    parameters = dict(module.named_parameters())

    def forward(xs, h0, c0):
        states = h0[:, None, :]
        if kind == "lstm":
            states = (states, c0[:, None, :])
        out, last = module(xs[None], states)
        if kind == "lstm":
            return out[0], last[0][:, 0], last[1][:, 0]
        return out[0], last[:, 0], None

    def run(*arguments):
        with torch.no_grad():
            results = forward(*(torch.from_numpy(argument.copy()) for argument in arguments))
        return tuple(None if result is None else result.numpy() for result in results)

    return Case(
        canonical_weights(
            kind, layers, {name: value.detach().numpy() for name, value in parameters.items()}
        ),
        run,
        forward,
        parameters,
        lambda gradients: canonical_gradients(kind, layers, gradients),
    )


def stack(layer_forward, weights, layers, join):
    """Layers that feed each other, each by the function that runs one."""

    def run(xs, h0, _c0):
        last = []
        for n in range(layers):
            xs = layer_forward(weights, f"layers.{n}.", xs, h0[n])
            last.append(xs[-1])
        return xs, join(last), None

    return run


def hand_written_case(gates, numpy_layer, torch_layer, layers, seed):
    weights = drawn(np.random.RandomState(seed), gates, layers)
    parameters = {name: torch.tensor(value) for name, value in weights.items()}
    for parameter in parameters.values():
        parameter.requires_grad_()
    return Case(
        weights,
        stack(numpy_layer, weights, layers, np.array),
        stack(torch_layer, parameters, layers, torch.stack),
        parameters,
    )


def onnx_case(linear_before_reset, layers, seed):
    weights = drawn(np.random.RandomState(seed), GRU_GATES, layers, bool(linear_before_reset))
    return Case(weights, stack(onnx_gru(linear_before_reset), weights, layers, np.array))


def gradients(case, leaves, loss):
    """Autograd's gradients of a loss, by canonical name: of the case's weights and these leaves."""
    wanted = {**case.parameters, **leaves}
    found = torch.autograd.grad(loss, list(wanted.values()), retain_graph=True)
    found = {name: gradient.numpy() for name, gradient in zip(wanted, found)}
    of_weights = case.canonical_gradients({name: found[name] for name in case.parameters})
    assert of_weights.keys() == case.weights.keys()
    return {**of_weights, **{name: found[name] for name in leaves}}


def loss_lines(case, layers, coefficients, inputs, head, expected):
    """Both losses by their coefficients, each with its gradients."""
    leaves = {name: torch.tensor(value) for name, value in {**inputs, **head}.items()}
    for leaf in leaves.values():
        leaf.requires_grad_()
    inputs_and_states = {name: leaves[name] for name in inputs}

    def initial(which):
        return torch.stack([leaves[f"{which}.{n}"] for n in range(layers)])

    hs, h_last, c_last = case.forward(
        leaves["x"], initial("h"), initial("c") if "c.0" in leaves else None
    )
    ys = hs @ leaves["head.weights"].T + leaves["head.bias"]
    found = {"outputs": ys, "h": hs, **states(h_last, c_last)}
    for name, value in found.items():  # what is differentiated is what the file expects
        np.testing.assert_allclose(value.detach().numpy(), expected[name], rtol=0, atol=1e-14)

    def lines(loss, read, leaves_of_loss):
        of_loss = {name: torch.from_numpy(coefficients[name]) for name in read}
        total = sum((of_loss[name] * value).sum() for name, value in read.items())
        of_each = gradients(case, leaves_of_loss, total)
        return [line(f"{loss}_loss", name, coefficients[name]) for name in read] + [
            line(f"{loss}_gradient", name, of_each[name]) for name in of_each
        ]

    found_lines = lines("output", {"y": ys}, leaves)
    if layers == 1:
        state_reads = {name: value for name, value in found.items() if name != "outputs"}
        found_lines += lines("state", state_reads, inputs_and_states)
    return found_lines


def states(h, c):
    """States of all layers [layers,hidden] by name; c may be None."""
    by_name = {f"h.{n}": h[n] for n in range(len(h))}
    if c is not None:
        by_name.update({f"c.{n}": c[n] for n in range(len(c))})
    return by_name


def write_case(name, kind, layers, seed, source, case):
    random = np.random.RandomState(1000 + seed)
    xs = random.uniform(-2, 2, (TIME, INPUT))
    h0 = random.uniform(-1, 1, (layers, HIDDEN))
    c0 = random.uniform(-1, 1, (layers, HIDDEN))
    head_weights = random.uniform(-1, 1, (OUTPUT, HIDDEN))
    head_bias = random.uniform(-1, 1, OUTPUT)
    coefficients = {
        "y": random.uniform(-1, 1, (TIME, OUTPUT)),
        "h": random.uniform(-1, 1, (TIME, HIDDEN)),
        "h.0": random.uniform(-1, 1, HIDDEN),
        "c.0": random.uniform(-1, 1, HIDDEN),
    }

    from_zeros, _, _ = case.run(xs, np.zeros_like(h0), np.zeros_like(c0))
    hs, h_last, c_last = case.run(xs, h0, c0)

    head = {"head.weights": head_weights, "head.bias": head_bias}
    inputs = {"x": xs, **states(h0, None if c_last is None else c0)}
    expected = {
        "y": head_weights @ from_zeros[-1] + head_bias,
        "outputs": hs @ head_weights.T + head_bias,
        "h": hs,
        **states(h_last, c_last),
    }
    lines = [
        f"# {name}: {source}, float64, seed {seed}; written by src/test/python/generate_golden.py",
        "layers " + " ".join([kind] * layers),
    ]
    lines += [line("weight", key, case.weights[key]) for key in sorted(case.weights)]
    lines += [line("weight", key, value) for key, value in head.items()]
    lines += [line("input", key, value) for key, value in inputs.items()]
    lines += [line("expected", key, value) for key, value in expected.items()]
    if case.forward is not None:
        lines += loss_lines(case, layers, coefficients, inputs, head, expected)
    write(FOLDER, name, lines)
    return name


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    pytorch = f"PyTorch {torch.__version__}"
    by_hand = f"NumPy {np.__version__}, gradients {pytorch}"
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
            by_hand,
            lambda n, s: hand_written_case(["hidden"], numpy_rnn_sigmoid, torch_rnn_sigmoid, n, s),
        ),
        ("gru-after", "gru:AFTER", pytorch, lambda n, s: torch_case("gru", n, s)),
        (
            "gru-before",
            "gru:BEFORE",
            by_hand,
            lambda n, s: hand_written_case(GRU_GATES, numpy_gru_before, torch_gru_before, n, s),
        ),
        ("lstm", "lstm", pytorch, lambda n, s: torch_case("lstm", n, s)),
    ]
    names = []
    for layers in (1, 2):
        for number, (name, kind, source, case) in enumerate(cases):
            seed = 10 * layers + number
            names.append(
                write_case(f"{name}-{layers}", kind, layers, seed, source, case(layers, seed))
            )
    # The helper has one layer; the second reads the first, as in the other files.
    helper = f"GRU_Helper of ONNX {onnx.__version__}, forward only"
    for layers in (1, 2):
        for lbr, reset in enumerate(("before", "after")):
            seed = 30 + 10 * layers + lbr
            name, kind = f"gru-{reset}-onnx-{layers}", f"gru:{reset.upper()}"
            case = onnx_case(lbr, layers, seed)
            names.append(write_case(name, kind, layers, seed, helper, case))
    write_index(FOLDER, names)


if __name__ == "__main__":
    main()
