package com.lpai.adapter.web.setup;

import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client's end of an event stream; each event is one line of text. */
final class FakeStream implements SseEventSink {
  static final String CLOSED = "closed";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private volatile boolean isClosed;
  private volatile boolean isGone;
  private volatile boolean isStuck;

  /** The next line, {@link #CLOSED} after the last. */
  String next() throws InterruptedException {
    String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("nothing came within " + PATIENCE);
    }
    return line;
  }

  /** The client goes away: what is sent from now on fails. */
  void goAway() {
    isGone = true;
  }

  /** The client reads no more, and says nothing. */
  void getStuck() {
    isStuck = true;
  }

  @Override
  public boolean isClosed() {
    return isClosed;
  }

  @Override
  public CompletionStage<?> send(OutboundSseEvent event) {
    if (isGone) {
      return CompletableFuture.failedStage(new java.io.IOException("broken pipe"));
    }
    if (isStuck) {
      return new CompletableFuture<>();
    }
    lines.add(event.toString());
    return CompletableFuture.completedStage(event);
  }

  @Override
  public void close() {
    isClosed = true;
    lines.add(CLOSED);
  }

  /** Makes events whose text is {@code retry name#id: data} or {@code : comment}. */
  static final class Maker implements Sse {
    @Override
    public OutboundSseEvent.Builder newEventBuilder() {
      return new Builder();
    }

    @Override
    public SseBroadcaster newBroadcaster() {
      throw new UnsupportedOperationException();
    }
  }

  private record Event(String name, String id, String comment, long delay, String data)
      implements OutboundSseEvent {
    @Override
    public Class<?> getType() {
      return String.class;
    }

    @Override
    public Type getGenericType() {
      return String.class;
    }

    @Override
    public MediaType getMediaType() {
      return MediaType.TEXT_PLAIN_TYPE;
    }

    @Override
    public Object getData() {
      return data;
    }

    @Override
    public String getId() {
      return id;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public String getComment() {
      return comment;
    }

    @Override
    public long getReconnectDelay() {
      return delay;
    }

    @Override
    public boolean isReconnectDelaySet() {
      return delay >= 0;
    }

    @Override
    public String toString() {
      String retry = delay < 0 ? "" : "retry " + delay + " ";
      return comment.isEmpty() ? retry + name + "#" + id + ": " + data : retry + ": " + comment;
    }
  }

  private static final class Builder implements OutboundSseEvent.Builder {
    private String name = "";
    private String id = "";
    private String comment = "";
    private long delay = -1;
    private String data = "";

    @Override
    public Builder id(String given) {
      id = given;
      return this;
    }

    @Override
    public Builder name(String given) {
      name = given;
      return this;
    }

    @Override
    public Builder reconnectDelay(long milliseconds) {
      delay = milliseconds;
      return this;
    }

    @Override
    public Builder mediaType(MediaType type) {
      return this;
    }

    @Override
    public Builder comment(String given) {
      comment = given;
      return this;
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface's
    public Builder data(Class type, @Nullable Object given) {
      return data(given);
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface's
    public Builder data(GenericType type, @Nullable Object given) {
      return data(given);
    }

    @Override
    public Builder data(@Nullable Object given) {
      data = String.valueOf(given);
      return this;
    }

    @Override
    public OutboundSseEvent build() {
      return new Event(name, id, comment, delay, data);
    }
  }
}
