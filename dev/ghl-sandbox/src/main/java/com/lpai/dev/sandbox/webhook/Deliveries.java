package com.lpai.dev.sandbox.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lpai.dev.sandbox.webhook.Delivery.State;
import com.lpai.dev.sandbox.world.SandboxClock;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.Shelf;
import com.lpai.dev.sandbox.world.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Delivers webhooks, several at a time and without a promised order, on the sandbox's clock. */
final class Deliveries implements Courier {
  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());
  private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(10);
  private static final Duration LONGEST_NAP = Duration.ofSeconds(1);
  private static final int AT_A_TIME = 64;
  private static final int REMEMBERED = 10_000;
  private static final int NO_ANSWER = -1;

  private final Shelf shelf;
  private final SandboxClock clock;
  private final Settings settings;
  private final URI target;
  private final SignatureHeaders signatures;
  private final RetryRule retries;
  private final AtomicLong turn = new AtomicLong();
  private final HttpClient http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore slots = new Semaphore(AT_A_TIME);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Delivery> waiting =
      new PriorityQueue<>(Comparator.comparing(Delivery::due).thenComparing(Delivery::id));
  private final Map<String, Delivery> underway = new LinkedHashMap<>();
  private final Set<String> untried = new HashSet<>();
  private final Deque<Delivery> finished = new ArrayDeque<>();
  private boolean closed;

  Deliveries(World world, URI target, WebhookKeys keys) {
    this.shelf = world.shelf("deliveries");
    this.clock = world.clock();
    this.settings = world.settings();
    this.target = target;
    this.signatures = new SignatureHeaders(keys, settings);
    this.retries = new RetryRule(settings);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTED_WITHIN)
            .executor(threads)
            .build();
    shelf.all().stream().map(Delivery::of).forEach(waiting::add);
  }

  @Override
  public void start() {
    clock.onAdvance(this::wake);
    threads.execute(this::work);
  }

  @Override
  public void add(Delivery delivery) {
    shelf.put(delivery.id(), delivery.toJson());
    lock.lock();
    try {
      underway.remove(delivery.id());
      waiting.add(delivery);
      if (delivery.attempts() == 0) {
        untried.add(delivery.id());
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean awaitFirstAttempts(Collection<String> ids, Duration within)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = within.toNanos();
      while (left > 0 && ids.stream().anyMatch(untried::contains)) {
        left = changed.awaitNanos(left);
      }
      return ids.stream().noneMatch(untried::contains);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Delivery> list() {
    lock.lock();
    try {
      List<Delivery> all = new ArrayList<>(waiting);
      all.addAll(underway.values());
      all.addAll(finished);
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    threads.shutdownNow();
    http.shutdownNow();
    try {
      if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "a webhook delivery did not end in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      while (true) {
        slots.acquire();
        Delivery delivery = nextDue();
        threads.execute(() -> attempt(delivery));
      }
    } catch (InterruptedException | java.util.concurrent.RejectedExecutionException closing) {
      LOG.log(System.Logger.Level.DEBUG, "webhook delivery ends");
    }
  }

  private Delivery nextDue() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (closed) {
          throw new InterruptedException("closed");
        }
        Delivery first = waiting.peek();
        if (first == null) {
          changed.await();
          continue;
        }
        Duration wait = Duration.between(clock.instant(), first.due());
        if (!wait.isPositive()) {
          waiting.poll();
          underway.put(first.id(), first);
          return first;
        }
        long nap = Math.min(wait.toNanos(), LONGEST_NAP.toNanos());
        long left = changed.awaitNanos(nap);
        LOG.log(System.Logger.Level.TRACE, "woke up {0} ns before the time", left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void attempt(Delivery delivery) {
    try {
      int status = send(delivery);
      settle(delivery, status);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      slots.release();
    }
  }

  private int send(Delivery delivery) throws InterruptedException {
    byte[] body = delivery.body().getBytes(UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(nextTarget())
            .timeout(Duration.ofSeconds(settings.get(Settings.WEBHOOK_TIMEOUT_SECONDS)))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    signatures.of(delivery.sign(), body).forEach(request::header);
    try {
      return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException unreachable) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "webhook {0} of type {1} got no answer: {2}",
          delivery.webhookId(),
          delivery.type(),
          unreachable.getMessage());
      return NO_ANSWER;
    }
  }

  /** One after the other, as a load balancer before several servers does it. */
  private URI nextTarget() {
    List<String> targets = settings.get(Settings.WEBHOOK_URLS);
    return targets.isEmpty()
        ? target
        : URI.create(targets.get((int) (turn.getAndIncrement() % targets.size())));
  }

  private void settle(Delivery delivery, int status) {
    tried(delivery);
    if (status >= 200 && status < 300) {
      end(delivery.after(State.DELIVERED, status, clock.instant()));
      return;
    }
    Optional<Duration> wait =
        delivery.isRetried() ? retries.wait(status, delivery.attempts()) : Optional.empty();
    if (wait.isEmpty()) {
      end(delivery.after(State.GIVEN_UP, status, clock.instant()));
      return;
    }
    add(delivery.after(State.PENDING, status, clock.instant().plus(wait.get())));
  }

  private void tried(Delivery delivery) {
    lock.lock();
    try {
      untried.remove(delivery.id());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end(Delivery delivery) {
    shelf.remove(delivery.id());
    lock.lock();
    try {
      underway.remove(delivery.id());
      finished.addFirst(delivery.withoutBody());
      while (finished.size() > REMEMBERED) {
        finished.removeLast();
      }
    } finally {
      lock.unlock();
    }
  }
}
