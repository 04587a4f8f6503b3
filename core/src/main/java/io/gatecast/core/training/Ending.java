package io.gatecast.core.training;

/** Why a training ended. */
public enum Ending {
  /** All epochs were run. */
  EPOCHS,
  /** The validation loss got no better for as many epochs as patience allowed. */
  PATIENCE,
  /** The time budget was used up. */
  TIME,
  /** A loss or a gradient was no number, after some epoch had given good weights. */
  DIVERGED
}
