package io.gatecast.reference;

/**
 * Where a GRU's reset gate acts in the candidate's equation. The two variants are different
 * networks: weights trained for one are wrong for the other.
 */
public enum Reset {
  /**
   * Before the recurrent product, {@code U_h (r ∘ h')}: Cho et al. 2014, and the project's default.
   */
  BEFORE,

  /**
   * After the recurrent product, {@code r ∘ (U_h h' + c_h)}: cuDNN, PyTorch and Keras, ONNX's
   * {@code linear_before_reset}. It adds the recurrent bias {@code c_h} of shape {@code [hidden]}.
   */
  AFTER
}
