package com.lpai.adapter.web.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.application.webhook.AcceptWebhookUseCase;
import com.lpai.application.webhook.AcceptWebhookUseCase.Outcome;
import com.lpai.application.webhook.IngestCounters;
import com.lpai.application.webhook.IngestCounters.Refusal;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.webhook.QueueFullException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What only a broken world shows; the rest is tested over HTTP with the whole system. */
class GhlWebhookServletTest {
  private static final int LIMIT = 1 << 20;

  private final Draining draining = new Draining();
  private final Places places = new Places(2, 3L << 20);
  private final IngestCounters counters = new IngestCounters();
  private final Map<String, Object> answer = new HashMap<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final AtomicLong read = new AtomicLong();

  private String post(AcceptWebhookUseCase accepting, InputStream body, long length)
      throws IOException {
    new GhlWebhookServlet(accepting, draining, places, counters)
        .doPost(request(body, length), response());
    return written.toString(StandardCharsets.UTF_8);
  }

  private String post(AcceptWebhookUseCase accepting) throws IOException {
    return post(accepting, new ByteArrayInputStream(new byte[] {'{', '}'}), 2);
  }

  private HttpServletRequest request(InputStream body, long length) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getContentLengthLong" -> length;
                  case "getInputStream" -> new Counted(body);
                  default -> null;
                });
  }

  private HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "setStatus" -> answer.put("status", arguments[0]);
                case "setHeader" -> answer.put((String) arguments[0], arguments[1]);
                default -> {
                  return method.getName().equals("getOutputStream") ? new Written() : null;
                }
              }
              return null;
            });
  }

  private final class Counted extends ServletInputStream {
    private final InputStream body;

    private Counted(InputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      read.incrementAndGet();
      return body.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = body.read(bytes, offset, length);
      read.addAndGet(Math.max(0, count));
      return count;
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {}
  }

  private final class Written extends ServletOutputStream {
    @Override
    public void write(int b) {
      written.write(b);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}
  }

  private static InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return 'x';
      }
    };
  }

  @Test
  void withoutTheDatabaseTheEventIsAskedForAgain() throws IOException {
    String body =
        post(
            (raw, signature, legacy) -> {
              throw new StorageUnavailableException("away", new IOException("refused"));
            });

    assertThat(answer).containsEntry("status", 429).containsKey("Retry-After");
    assertThat(body).contains("try-again").doesNotContain("refused");
    assertThat(refused()).containsExactly(Map.entry(Refusal.STORAGE, 1L));
  }

  @Test
  void aFaultOfOursLosesNoEvent() throws IOException {
    String body =
        post(
            (raw, signature, legacy) -> {
              throw new IllegalStateException("inside");
            });

    assertThat(answer).containsEntry("status", 429).containsKey("Retry-After");
    assertThat(body).doesNotContain("inside");
    assertThat(refused()).containsExactly(Map.entry(Refusal.FAULT, 1L));
  }

  /** Trap 20: an Error is a fault of ours like any other. */
  @Test
  void anErrorOfOursLosesNoEvent() throws IOException {
    post(
        (raw, signature, legacy) -> {
          throw new StackOverflowError();
        });

    assertThat(answer).containsEntry("status", 429).containsKey("Retry-After");
    assertThat(refused()).containsExactly(Map.entry(Refusal.FAULT, 1L));
  }

  @Test
  void aFullQueueIsToldApart() throws IOException {
    post(
        (raw, signature, legacy) -> {
          throw new QueueFullException("2,000 wait");
        });

    assertThat(answer).containsEntry("status", 429).containsKey("Retry-After");
    assertThat(refused()).containsExactly(Map.entry(Refusal.FULL, 1L));
  }

  @Test
  void aWrongSignatureIsAskedForAgainWhereThatIsWanted() throws IOException {
    post((raw, signature, legacy) -> new Outcome.Unproven());

    assertThat(answer).containsEntry("status", 429).containsKey("Retry-After");
    assertThat(refused()).containsExactly(Map.entry(Refusal.WRONG_SIGNATURE, 1L));
  }

  @Test
  void aboveTheBoundNobodyWaitsAndAPlaceIsGivenBack() throws IOException {
    List<Object> statuses = new ArrayList<>();

    postWithin(3, statuses);

    assertThat(statuses).containsExactly(429, 200, 200);
    assertThat(refused()).containsExactly(Map.entry(Refusal.FULL, 1L));
    post((raw, signature, legacy) -> new Outcome.Stored(false));
    assertThat(answer).containsEntry("status", 200);
  }

  /** So many at once: each comes while the one before is inside. The last one ends first. */
  private void postWithin(int deep, List<Object> statuses) throws IOException {
    post(
        (raw, signature, legacy) -> {
          try {
            if (deep > 1) {
              postWithin(deep - 1, statuses);
            }
          } catch (IOException impossible) {
            throw new AssertionError(impossible);
          }
          return new Outcome.Stored(false);
        });
    statuses.add(answer.get("status"));
  }

  @Test
  void largeBodiesTakeMoreRoomAndTheLargestComesInAlone() {
    Places narrow = new Places(10, 1L << 20);

    assertThat(narrow.enter(1L << 20)).isTrue();
    assertThat(narrow.enter(1)).isFalse();
    narrow.leave(1L << 20);
    assertThat(narrow.enter(5L << 20)).isTrue();
    assertThat(narrow.enter(1)).isFalse();
  }

  @Test
  void notAllComeBackAtTheSameMoment() throws IOException {
    Set<Object> seconds = new HashSet<>();
    draining.begin();
    for (int i = 0; i < 60; i++) {
      post((raw, signature, legacy) -> new Outcome.Stored(false));
      seconds.add(answer.get("Retry-After"));
    }

    assertThat(seconds).hasSizeGreaterThan(5);
    assertThat(seconds)
        .allSatisfy(it -> assertThat(Integer.parseInt((String) it)).isBetween(30, 60));
    assertThat(refused()).containsExactly(Map.entry(Refusal.STOPPING, 60L));
  }

  private Map<Refusal, Long> refused() {
    Map<Refusal, Long> refused = new EnumMap<>(counters.counts().refused());
    refused.values().removeIf(count -> count == 0);
    return refused;
  }

  @Test
  void whileStoppingEventsAreSentElsewhere() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    draining.begin();

    post(
        (raw, signature, legacy) -> {
          asked.incrementAndGet();
          return new Outcome.Stored(false);
        });

    assertThat(answer).containsEntry("status", 429).containsKey("Retry-After");
    assertThat(asked).hasValue(0);
  }

  @Test
  void aBodyThatIsAnnouncedTooLargeIsNotRead() throws IOException {
    post((raw, signature, legacy) -> new Outcome.Stored(false), endless(), LIMIT + 1L);

    assertThat(answer).containsEntry("status", 413);
    assertThat(read).hasValue(0);
  }

  @Test
  void aBodyWithoutALengthIsReadNoFurtherThanTheLimit() throws IOException {
    post((raw, signature, legacy) -> new Outcome.Stored(false), endless(), -1);

    assertThat(answer).containsEntry("status", 413);
    assertThat(read).hasValueLessThanOrEqualTo(LIMIT + 1L);
  }

  @Test
  void aBodyThatBreaksOffIsRefused() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("reset");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("reset");
          }
        };

    post((raw, signature, legacy) -> new Outcome.Stored(false), broken, 10);

    assertThat(answer).containsEntry("status", 400);
  }
}
