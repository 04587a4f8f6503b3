package io.gatecast.reference;

import java.util.List;

/**
 * The way of a {@link SegmentedNetwork} over one window: what each channel made of it, and the
 * outputs. Backpropagation needs all of it.
 *
 * @param channels each channel's way, in order
 * @param outputs of shape {@code [(step · C + channel) · Q + q]}
 */
public record SegmentedPass(List<Channel> channels, Tensor outputs) {
  /**
   * One channel's way over the window. With T steps of F numbers, n segments of w steps read, m
   * asked for:
   *
   * @param mu μ, what was taken from the channel's values
   * @param sigma σ, what they were divided by
   * @param normalised what came of them, v', of shape {@code [T]}
   * @param segments the segments with zeros before the window, of shape {@code [n, w · F]}
   * @param mapped W e + b of each segment, of shape {@code [n, E]}, before the rectifier
   * @param reading the cell's way over the embedded segments
   * @param answers the cell's single steps from the last state read, m of them
   * @param scaled y of each step and output before it is restored, of shape {@code [H · Q]}
   */
  public record Channel(
      double mu,
      double sigma,
      Tensor normalised,
      Tensor segments,
      Tensor mapped,
      SequencePass reading,
      List<SequencePass> answers,
      Tensor scaled) {
    /**
     * Copies the list.
     *
     * @param mu μ, what was taken from the channel's values
     * @param sigma σ, what they were divided by
     * @param normalised v', of shape {@code [T]}
     * @param segments of shape {@code [n, w · F]}
     * @param mapped of shape {@code [n, E]}, before the rectifier
     * @param reading the cell's way over the embedded segments
     * @param answers the cell's single steps from the last state read
     * @param scaled of shape {@code [H · Q]}
     */
    public Channel {
      answers = List.copyOf(answers);
    }
  }

  /**
   * Copies the list.
   *
   * @param channels each channel's way, in order
   * @param outputs of shape {@code [(step · C + channel) · Q + q]}
   */
  public SegmentedPass {
    channels = List.copyOf(channels);
  }
}
