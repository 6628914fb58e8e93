package com.lpai.adapter.mongo;

/**
 * How many events are stored together, and how many may wait for that.
 *
 * @param waiting events that are not answered yet, at most
 * @param waitingBytes their size together, at most
 * @param batch events in one batch, at most
 * @param batchBytes their size together, at most; far from the 48 MB of a command
 * @param batchesAtOnce while these are under way, others gather
 */
public record IntakeLimits(
    int waiting, long waitingBytes, int batch, long batchBytes, int batchesAtOnce) {
  public static final IntakeLimits STANDARD = new IntakeLimits(2_000, 64L << 20, 500, 8L << 20, 2);

  public IntakeLimits {
    if (waiting < 1 || waitingBytes < 1 || batch < 1 || batchBytes < 1 || batchesAtOnce < 1) {
      throw new IllegalArgumentException("every limit of the intake must be positive");
    }
  }

  public IntakeLimits withWaiting(int events, long bytes) {
    return new IntakeLimits(events, bytes, batch, batchBytes, batchesAtOnce);
  }
}
