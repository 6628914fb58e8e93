package com.lpai.adapter.ghl.json;

import jakarta.json.spi.JsonProvider;

/**
 * The container's JSON, looked up once: {@code jakarta.json.Json} searches for it at every call,
 * which costs more than the JSON itself.
 */
public final class Provider {
  public static final JsonProvider JSON = JsonProvider.provider();

  private Provider() {}
}
