package com.lpai.adapter.web.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads a body up to a limit, and not a byte further than it takes to know that it is longer. */
public final class LimitedBody {
  private LimitedBody() {}

  /** The body's bytes; empty when there are more than {@code limit}. */
  public static Optional<byte[]> read(InputStream body, int limit) throws IOException {
    byte[] bytes = body.readNBytes(limit + 1);
    return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
  }
}
