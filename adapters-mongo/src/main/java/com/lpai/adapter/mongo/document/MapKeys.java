package com.lpai.adapter.mongo.document;

/**
 * Field names from outside as keys of a stored map. A dot, a dollar sign or a NUL means something
 * to MongoDB, so they are written as {@code %2E}, {@code %24} and {@code %00}.
 */
public final class MapKeys {
  private MapKeys() {}

  public static String encode(String name) {
    return name.replace("%", "%25").replace(".", "%2E").replace("$", "%24").replace("\0", "%00");
  }

  public static String decode(String key) {
    return key.replace("%00", "\0").replace("%24", "$").replace("%2E", ".").replace("%25", "%");
  }
}
