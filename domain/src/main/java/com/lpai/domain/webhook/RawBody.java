package com.lpai.domain.webhook;

import java.util.Arrays;
import java.util.function.Function;

/** The bytes of a webhook's body exactly as they came: what the signature is over. */
public final class RawBody {
  /** Stands for a body that was not read, or is kept no more. */
  public static final RawBody NONE = new RawBody(new byte[0]);

  private final byte[] bytes;

  private RawBody(byte[] bytes) {
    this.bytes = bytes;
  }

  public static RawBody of(byte[] bytes) {
    return new RawBody(bytes.clone());
  }

  /** Takes bytes over without a copy; nobody may change them from then on. */
  public static RawBody owning(byte[] bytes) {
    return new RawBody(bytes);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** Lends the bytes without a copy to a reader that does not change them. */
  public <T> T read(Function<byte[], T> reader) {
    return reader.apply(bytes);
  }

  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawBody body && Arrays.equals(bytes, body.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The size only: a body is personal data. */
  @Override
  public String toString() {
    return "RawBody[" + bytes.length + " bytes]";
  }
}
