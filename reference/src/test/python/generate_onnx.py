#!/usr/bin/python3
"""Writes ONNX models of one recurrent operator each, for OnnxRuntimeTest to run.

What it is for: ../resources/onnx/*.onnx. Everything the operator reads is an input of the graph, so
that the test draws the weights and sequences itself; only what ONNX has as attributes, the hidden
size, the activation and linear_before_reset, is in the model.
What it will not do: hold a weight, run a model or read anything of the Java project.

Run:  apt-get install -y python3-onnx && /usr/bin/python3 generate_onnx.py
Made with ONNX 1.12.0 (Debian 12).

Inputs: X [time,batch,input], W [1,gates*hidden,input], R [1,gates*hidden,hidden],
B [1,2*gates*hidden], initial_h and (LSTM) initial_c [1,batch,hidden].
Outputs: Y [time,1,batch,hidden], Y_h and (LSTM) Y_c [1,batch,hidden]. All float, one direction.
"""

import pathlib

import onnx
from onnx import TensorProto, helper

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "resources" / "onnx"
HIDDEN_SIZES = (1, 4, 13)
# The opset that last changed these three operators for float, and the file format of its time: any
# later runtime reads both.
OPSET, IR_VERSION = 14, 7


def model(name, operator, gates, hidden, **attributes):
    shapes = {
        "X": ["time", "batch", "input"],
        "W": [1, gates * hidden, "input"],
        "R": [1, gates * hidden, hidden],
        "B": [1, 2 * gates * hidden],
        "initial_h": [1, "batch", hidden],
    }
    outputs = {"Y": ["time", 1, "batch", hidden], "Y_h": [1, "batch", hidden]}
    if operator == "LSTM":
        shapes["initial_c"] = [1, "batch", hidden]
        outputs["Y_c"] = [1, "batch", hidden]
    # The operator's fifth input, sequence_lens, is left out: all sequences have the full length.
    operands = ["X", "W", "R", "B", "", *list(shapes)[4:]]
    node = helper.make_node(operator, operands, list(outputs), hidden_size=hidden, **attributes)

    def values(of):
        return [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in of.items()]

    made = helper.make_model(
        helper.make_graph([node], name, values(shapes), values(outputs)),
        producer_name="generate_onnx.py",
        opset_imports=[helper.make_opsetid("", OPSET)],
    )
    made.ir_version = IR_VERSION
    onnx.checker.check_model(made, full_check=True)
    return made


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for hidden in HIDDEN_SIZES:
        for name, operator, gates, attributes in [
            ("rnn-tanh", "RNN", 1, {"activations": ["Tanh"]}),
            ("rnn-relu", "RNN", 1, {"activations": ["Relu"]}),
            ("rnn-sigmoid", "RNN", 1, {"activations": ["Sigmoid"]}),
            ("gru-before", "GRU", 3, {"linear_before_reset": 0}),
            ("gru-after", "GRU", 3, {"linear_before_reset": 1}),
            ("lstm", "LSTM", 4, {}),
        ]:
            file = f"{name}-{hidden}"
            onnx.save(model(file, operator, gates, hidden, **attributes), FOLDER / f"{file}.onnx")


if __name__ == "__main__":
    main()
