package com.lpai.architecture.model;

import com.lpai.architecture.system.HttpCalls;
import com.lpai.dev.sandbox.http.Answer;
import com.lpai.dev.sandbox.http.HttpDoor;
import com.lpai.dev.sandbox.http.Request;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The way of the servers' calls to the sandbox's process. Calls that change something wait on it
 * until a step lets them through, or for a while; they go wrong as a step says; and each is looked
 * at. One call at a time is at the sandbox, and none while a person does something.
 */
final class Road implements AutoCloseable {
  /** Much less than a server waits for an answer: else each call would be in doubt. */
  private static final long LONGEST_HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final String HOLD = ",\"holdMs\":300}]";

  /** Headers that belong to one connection. */
  private static final Set<String> OF_A_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "date",
          "expect",
          "host",
          "keep-alive",
          "transfer-encoding",
          "upgrade",
          ":status");

  private static final List<String> WHAT_IS_PUSHED =
      List.of("/contacts/", "/opportunities/", "/calendars/events/");

  /** The next calls go wrong so. */
  private record Trouble(String faults, int calls) {
    static final Trouble NONE = new Trouble("[]", 0);
  }

  private final HttpDoor door;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** Held by whoever changes something there, or looks at what is changed. */
  private final ReentrantLock one = new ReentrantLock(true);

  private final ReentrantLock gate = new ReentrantLock();
  private final Condition opened = gate.newCondition();
  private boolean open = true;
  private int underWay;
  private long lastAt = System.nanoTime();
  private volatile URI sandbox = URI.create("http://127.0.0.1:1");
  private volatile Trouble trouble = Trouble.NONE;
  private volatile Function<Request, Answer> looking = this::forwarded;

  Road() {
    try {
      door = HttpDoor.open(0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    door.serve(this::answer);
  }

  /** Where the servers find GoHighLevel. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + door.port());
  }

  void leadsTo(URI target) {
    sandbox = target;
  }

  /** All is well from now on, and these records are looked at. */
  void passes(Sides sides) {
    looking = new CallNotes(sides, this::forwarded)::noted;
    trouble = Trouble.NONE;
  }

  /** The next calls go wrong. */
  void trouble(Step.Fault fault, int calls) {
    trouble = new Trouble(fault.json().replace("}]", HOLD), calls);
  }

  /** Nothing goes wrong any more, and nobody waits. */
  void isClear() {
    trouble = Trouble.NONE;
    open();
  }

  /** What changes something goes through from now on. */
  void open() {
    setOpen(true);
  }

  /** What changes something waits from now on. */
  void holds() {
    setOpen(false);
  }

  private void setOpen(boolean to) {
    gate.lock();
    try {
      open = to;
      opened.signalAll();
    } finally {
      gate.unlock();
    }
  }

  /** Whether nothing has been under way for a moment. */
  boolean isQuiet() {
    gate.lock();
    try {
      return underWay == 0 && System.nanoTime() - lastAt > QUIET_NANOS;
    } finally {
      gate.unlock();
    }
  }

  /** Does something while no call is at the sandbox. */
  void alone(Runnable work) {
    one.lock();
    try {
      work.run();
    } finally {
      one.unlock();
    }
  }

  /**
   * The same if it can begin soon.
   *
   * @return whether it was done
   */
  boolean aloneWithin(Duration patience, Runnable work) {
    try {
      if (!one.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      work.run();
      return true;
    } finally {
      one.unlock();
    }
  }

  private Answer answer(Request request) {
    enter(
        !request.method().equals("GET")
            && !request.path().contains("/search")
            && WHAT_IS_PUSHED.stream().anyMatch(request.path()::startsWith));
    one.lock();
    try {
      return troubled(request);
    } finally {
      one.unlock();
      leave();
    }
  }

  private void enter(boolean isPush) {
    gate.lock();
    try {
      underWay++;
      long left = LONGEST_HOLD_NANOS;
      while (isPush && !open && left > 0) {
        left = opened.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      gate.unlock();
    }
  }

  private void leave() {
    gate.lock();
    try {
      underWay--;
      lastAt = System.nanoTime();
    } finally {
      gate.unlock();
    }
  }

  private Answer troubled(Request request) {
    Trouble now = trouble;
    if (now.calls() == 0) {
      return looking.apply(request);
    }
    trouble = new Trouble(now.faults(), now.calls() - 1);
    HttpCalls control = HttpCalls.to(sandbox);
    try (JsonReader reader = Json.createReader(new StringReader(now.faults()))) {
      control.put("/sandbox/faults", reader.readArray());
    }
    try {
      return looking.apply(request);
    } finally {
      control.delete("/sandbox/faults");
    }
  }

  private Answer forwarded(Request request) {
    String query =
        request.query().entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    URI target = sandbox.resolve(request.path() + (query.isEmpty() ? "" : "?" + query));
    HttpRequest.Builder call =
        HttpRequest.newBuilder(target)
            .timeout(Duration.ofSeconds(30))
            .method(request.method(), BodyPublishers.ofByteArray(request.body()));
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (!OF_A_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> call.header(name, value));
              }
            });
    try {
      HttpResponse<byte[]> response = http.send(call.build(), BodyHandlers.ofByteArray());
      Map<String, String> headers = new TreeMap<>();
      response
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OF_A_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                  headers.put(name, values.getFirst());
                }
              });
      return new Answer.Reply(response.statusCode(), headers, response.body());
    } catch (IOException noAnswer) {
      return new Answer.Silence(Duration.ZERO);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Answer.Silence(Duration.ZERO);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    door.close();
    http.shutdownNow();
  }
}
