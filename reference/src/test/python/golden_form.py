"""The form that all golden files share: tensors as text, and PyTorch's parameters made canonical.

What it is for: generate_golden.py and generate_training.py, so that there is one place that knows
PyTorch's order of gates, its second bias and the sign of its update gate.
What it will not do: compute a network, draw a number or read anything of the Java project.

Form of a file: '#' comments; `layers KIND...`; then one tensor a line,
`ROLE NAME SHAPE VALUES...`, SHAPE as 3,2, values in row-major order with 17 significant digits,
which is enough for every double to come back bit for bit. Each folder's index.txt lists its files.
"""

import numpy as np

GATES = {
    "rnn": ["hidden"],
    "gru": ["reset", "update", "candidate"],  # PyTorch: r, z, n
    "lstm": ["input", "forget", "candidate", "output"],  # PyTorch: i, f, g, o
}
STACKED = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def line(role, name, value):
    shape = ",".join(str(size) for size in value.shape)
    numbers = " ".join(f"{number:.17g}" for number in value.ravel())
    return f"{role} {name} {shape} {numbers}"


def write(folder, name, lines):
    (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="ascii")


def write_index(folder, names):
    """A class path cannot be listed: readers find the files by this list."""
    write(folder, "index", sorted(names))


def canonical_weights(kind, layers, parameters):
    """PyTorch's stacked gates and two biases, by PyTorch's names, as canonical tensors."""
    return _canonical(kind, layers, parameters, lambda b_input, b_recurrent: b_input + b_recurrent)


def canonical_gradients(kind, layers, gradients):
    """The gradients of PyTorch's parameters, by PyTorch's names, as those of canonical tensors.

    A canonical bias is the sum of two of PyTorch's, so that each of the two has its gradient; a
    canonical tensor that is PyTorch's negated has the negated gradient.
    """

    def the_same(by_input_bias, by_recurrent_bias):
        np.testing.assert_allclose(by_input_bias, by_recurrent_bias, rtol=0, atol=1e-14)
        return by_input_bias

    return _canonical(kind, layers, gradients, the_same)


def _canonical(kind, layers, stacked, join_biases):
    tensors = {}
    for n in range(layers):
        per_gate = zip(
            GATES[kind],
            *(np.split(stacked[f"{name}_l{n}"], len(GATES[kind])) for name in STACKED),
        )
        for gate, w, u, b_input, b_recurrent in per_gate:
            prefix = f"layers.{n}.{gate}."
            if kind == "gru" and gate == "candidate":
                # Reset after the product: r multiplies the second bias, so they cannot be summed.
                tensors[prefix + "recurrent_bias"] = b_recurrent
                b = b_input
            else:
                b = join_biases(b_input, b_recurrent)
            # PyTorch: h = (1 - z') n + z' h', so z = 1 - z' = sigmoid(-(...)).
            sign = -1.0 if kind == "gru" and gate == "update" else 1.0
            tensors[prefix + "input_weights"] = sign * w
            tensors[prefix + "recurrent_weights"] = sign * u
            tensors[prefix + "bias"] = sign * b
    return tensors
