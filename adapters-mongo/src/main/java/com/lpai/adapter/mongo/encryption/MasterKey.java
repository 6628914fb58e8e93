package com.lpai.adapter.mongo.encryption;

import java.security.MessageDigest;
import java.util.Map;

/**
 * What wraps the data keys. One case now; a key service of a cloud is another case with its own
 * provider name and credentials.
 */
public sealed interface MasterKey {

  /** 96 bytes that the deployment keeps itself; this module never writes them anywhere. */
  final class Local implements MasterKey {
    private static final int LENGTH = 96;

    private final byte[] bytes;

    public Local(byte[] bytes) {
      if (bytes.length != LENGTH) {
        throw new IllegalArgumentException(
            "the local master key must have " + LENGTH + " bytes, not " + bytes.length);
      }
      this.bytes = bytes.clone();
    }

    private byte[] copy() {
      return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Local local && MessageDigest.isEqual(bytes, local.bytes);
    }

    @Override
    public int hashCode() {
      return LENGTH;
    }

    @Override
    public String toString() {
      return "MasterKey.Local[hidden]";
    }
  }

  /** The provider's name, as the driver knows it. */
  default String provider() {
    return switch (this) {
      case Local local -> "local";
    };
  }

  /** What the driver needs to use the key. */
  default Map<String, Map<String, Object>> credentials() {
    return switch (this) {
      case Local local -> Map.of(provider(), Map.of("key", local.copy()));
    };
  }
}
