package com.lpai.launcher;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** The programs that this launcher has started: the last started stops first. */
final class Children {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** Open Liberty's message that it could not listen; it goes on trying, and never gets ready. */
  private static final String PORT_IS_TAKEN = "CWWKO0221E";

  private final DataDirectory data;
  private final Deque<ChildProcess> running = new ArrayDeque<>();
  private volatile boolean stopping;

  Children(DataDirectory data) {
    this.data = data;
  }

  synchronized ChildProcess start(
      String name, List<String> command, Map<String, String> environment) {
    if (stopping) {
      throw new StartRefused("The start was interrupted.");
    }
    ChildProcess child = ChildProcess.start(name, command, environment, data.log(name));
    running.push(child);
    data.writePid(name, child.pid());
    return child;
  }

  boolean areStopping() {
    return stopping;
  }

  /** Stops all in order. Called once more, it does nothing. */
  void stop() {
    stopping = true;
    stopInOrder();
  }

  private synchronized void stopInOrder() {
    while (!running.isEmpty()) {
      ChildProcess child = running.pop();
      child.stop(STOP_PATIENCE);
      data.removePid(child.name());
    }
  }

  /**
   * Waits until the child's log says READY.
   *
   * @throws StartRefused if the child ends before, or takes longer than `patience`
   */
  void awaitReadyLine(ChildProcess child, Duration patience) {
    if (!await(child, patience, child::saysReady)) {
      throw notReady(child, patience);
    }
  }

  /**
   * Waits until the server answers its readiness check with 200.
   *
   * @return false if it has not within `patience`
   * @throws StartRefused if the child ends before, or somebody else has taken its port: then it is
   *     that one who answers
   */
  boolean awaitHealth(ChildProcess child, String serverUrl, Duration patience) {
    URI ready = URI.create(serverUrl + "/health/ready");
    return await(
        child,
        patience,
        () -> {
          boolean answers = answers200(ready);
          if (child.hasLogged(PORT_IS_TAKEN)) {
            throw new StartRefused(
                String.format(
                    "The %s cannot listen at %s: another program took the port a moment ago. Start again, or choose"
                        + " another port by LPAI_HTTP_PORT.",
                    child.name(), serverUrl));
          }
          return answers;
        });
  }

  static StartRefused notReady(ChildProcess child, Duration patience) {
    return new StartRefused(
        String.format(
            "The %s is not ready after %d s. %s",
            child.name(), patience.toSeconds(), child.lastLines()));
  }

  private static boolean await(ChildProcess child, Duration patience, BooleanSupplier ready) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!ready.getAsBoolean()) {
      try {
        ChildProcess ended =
            child.onExit().get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        throw new StartRefused(
            String.format(
                "The %s ended before it was ready (%s). %s",
                ended.name(), ended.exit(), ended.lastLines()));
      } catch (TimeoutException alive) {
        if (System.nanoTime() > deadline) {
          return false;
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new StartRefused("The start was interrupted.", interrupted);
      } catch (java.util.concurrent.ExecutionException failure) {
        throw new IllegalStateException(failure);
      }
    }
    return true;
  }

  private static boolean answers200(URI address) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(2_000);
      connection.setReadTimeout(5_000);
      try {
        return connection.getResponseCode() == 200;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * Waits for the first child that ends, which none should.
   *
   * @throws StartRefused always, saying which and why
   */
  void superviseUntilOneEnds() {
    CompletableFuture<?>[] ends;
    synchronized (this) {
      ends = running.stream().map(ChildProcess::onExit).toArray(CompletableFuture<?>[]::new);
    }
    ChildProcess ended = (ChildProcess) CompletableFuture.anyOf(ends).join();
    throw new StartRefused(
        String.format(
            "The %s ended unexpectedly (%s). %s",
            ended.name(), ended.exit(), ended.lastLines()));
  }
}
