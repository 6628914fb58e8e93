package com.lpai.adapter.ghl.client;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.jspecify.annotations.Nullable;

/** Builds the typed clients; each keeps its own connections and may be used by any thread. */
public final class RestClients {
  /** Statuses are our own to judge: nothing may leak past the failure table as an exception. */
  private static final String NO_DEFAULT_MAPPER = "microprofile.rest.client.disable.default.mapper";

  private RestClients() {}

  /**
   * A client for one area of the API.
   *
   * @param connect how long a connection may take to come about
   * @param read how long the other side may be silent
   */
  public static <T> T build(Class<T> area, URI base, Duration connect, Duration read) {
    return RestClientBuilder.newBuilder()
        .baseUri(base)
        .connectTimeout(connect.toMillis(), TimeUnit.MILLISECONDS)
        .readTimeout(read.toMillis(), TimeUnit.MILLISECONDS)
        .property(NO_DEFAULT_MAPPER, true)
        .build(area);
  }

  /** A query parameter; one that is null is left out by the REST client. */
  public static @Nullable String absentIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Closes a client's connections. */
  public static void close(Object client) {
    if (client instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception failure) {
        throw new IllegalStateException("A REST client could not be closed", failure);
      }
    }
  }
}
