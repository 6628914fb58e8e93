package com.lpai.dev.wire;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;

/** Passes bytes on at a speed. */
final class PacedOutput extends FilterOutputStream {
  private static final int PIECES_A_SECOND = 20;

  private final int bytesPerSecond;

  PacedOutput(OutputStream out, int bytesPerSecond) {
    super(out);
    this.bytesPerSecond = bytesPerSecond;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int piece = Math.max(1, bytesPerSecond / PIECES_A_SECOND);
    for (int done = 0; done < length; done += piece) {
      int next = Math.min(piece, length - done);
      out.write(bytes, offset + done, next);
      out.flush();
      try {
        Thread.sleep(Duration.ofNanos(1_000_000_000L * next / bytesPerSecond));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while passing on slowly");
      }
    }
  }
}
