package com.lpai.boot.work;

import com.lpai.application.encryption.RotateMasterKeyUseCase;
import com.lpai.application.push.PushUseCase;
import com.lpai.application.setup.RunSetupUseCase;
import com.lpai.application.webhook.ProcessWebhooksUseCase;
import com.lpai.application.work.Chore;
import com.lpai.application.work.Chores;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.sync.PendingPushes.Due;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The background work of one instance. Signals start it within milliseconds; looking twice a second
 * finds what other instances left or what became due.
 */
public final class Workers implements WorkSignals {
  private static final System.Logger LOG = System.getLogger(Workers.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration CLAIM_EVERY = Duration.ofMillis(30);
  private static final Duration LOOK_FOR_SETUPS_EVERY = Duration.ofSeconds(1);
  private static final Duration LOOK_FOR_CHORES_EVERY = Duration.ofSeconds(1);
  private static final Duration LOOK_AFTER_MASTER_KEY_EVERY = Duration.ofSeconds(5);
  private static final Duration PROLONG_EVERY = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final int PUSHES_PER_LOOK = 200;
  private static final int SETUPS = 8;

  /**
   * What the workers work on.
   *
   * @param pushing for each kind of record
   * @param tendingPermits to be done twice a second: calls of the CRM depend on it
   * @param refreshes much of it may fall due at once, and nobody waits for it
   * @param reconciling may take minutes for a location
   */
  public record Work(
      List<PushUseCase<?>> pushing,
      ProcessWebhooksUseCase webhooks,
      RunSetupUseCase setups,
      RotateMasterKeyUseCase masterKey,
      Runnable tendingPermits,
      List<Chores> chores,
      Chores refreshes,
      Chores reconciling) {
    public Work {
      pushing = List.copyOf(pushing);
      chores = List.copyOf(chores);
    }
  }

  private final InstantSource time;
  private final Workshop pushing = new Workshop("push", 64);
  private final Workshop webhooks = new Workshop("webhook", 64);
  private final Workshop setups = new Workshop("setup", SETUPS);
  private final Workshop fetches = new Workshop("fetch", SETUPS);
  private final Workshop chores = new Workshop("chore", 16);
  private final Workshop refreshes = new Workshop("refresh", 4);
  private final Workshop reconciling = new Workshop("reconcile", 4);
  private final Signal pushIsDue = new Signal();
  private final Signal webhookDue = new Signal();
  private final Signal setupDue = new Signal();
  private final Signal choreDue = new Signal();
  private final Map<LocationId, Instant> pausedSetups = new ConcurrentHashMap<>();
  private final List<Thread> lookouts = new ArrayList<>();
  private volatile boolean running;
  private volatile boolean wrappingDataKeys;
  private boolean stopped;
  private Runnable givingBack = () -> {};

  public Workers(InstantSource time) {
    this.time = time;
  }

  /** Begins to look for work; does nothing after {@link #stop}. */
  public synchronized void start(Work work) {
    if (stopped) {
      return;
    }
    running = true;
    givingBack = work.webhooks()::giveBack;
    lookOut("permit", () -> tendPermits(work.tendingPermits()));
    lookOut("push", () -> lookForPushes(work.pushing()));
    lookOut("webhook", () -> lookForWebhooks(work.webhooks()));
    lookOut("claim", () -> prolongClaims(work.webhooks()));
    lookOut("setup", () -> lookForSetups(work.setups()));
    lookOut("chore", () -> lookForChores(work.chores()));
    lookOut("refresh", () -> lookFor(work.refreshes(), refreshes));
    lookOut("reconcile", () -> lookFor(work.reconciling(), reconciling));
    lookOut("master-key", () -> lookAfterMasterKey(work.masterKey()));
  }

  /**
   * Stops looking, and lets what is under way come to its end; what is left is found at the next
   * start.
   */
  public synchronized void stop() {
    stopped = true;
    running = false;
    lookouts.forEach(Thread::interrupt);
    List<Workshop> all =
        List.of(webhooks, pushing, setups, fetches, chores, refreshes, reconciling);
    all.forEach(Workshop::takeNoMore);
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (Workshop workshop : all) {
        workshop.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
      givingBack.run();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException away) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Not all claims were given back; they run out by themselves: {0}",
          away.getMessage());
    }
  }

  /** Threads for what a setup does beside its work. After {@link #stop} they begin nothing. */
  public Executor fetching() {
    return work -> fetches.start(work, work, () -> {});
  }

  // ---- signals

  @Override
  public void pushDue() {
    pushIsDue.raise();
  }

  @Override
  public void webhookStored() {
    webhookDue.raise();
  }

  @Override
  public void setupRequested() {
    setupDue.raise();
  }

  @Override
  public void choresDue() {
    choreDue.raise();
  }

  // ---- looking for work

  /** One look; it may wait until there is a reason to look again. */
  private interface Look {
    void look() throws InterruptedException;
  }

  private void lookOut(String name, Look look) {
    Thread thread =
        Thread.ofVirtual().name("lpai-" + name + "-lookout").unstarted(() -> repeat(look));
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    lookouts.add(thread);
    thread.start();
  }

  private void repeat(Look look) {
    String lastTrouble = "";
    while (running) {
      try {
        look.look();
        lastTrouble = "";
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException | Error trouble) {
        String told = String.valueOf(trouble.getMessage());
        if (!told.equals(lastTrouble)) {
          LOG.log(level(trouble), "Looking for work failed and goes on: " + told, trouble);
          lastTrouble = told;
        }
        pause();
      }
    }
  }

  private static System.Logger.Level level(Throwable trouble) {
    return trouble instanceof StorageUnavailableException
        ? System.Logger.Level.WARNING
        : System.Logger.Level.ERROR;
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_EVERY);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void tendPermits(Runnable tending) throws InterruptedException {
    tending.run();
    Thread.sleep(LOOK_EVERY);
  }

  private void lookForPushes(List<PushUseCase<?>> kinds) throws InterruptedException {
    kinds.forEach(this::startDue);
    pushIsDue.await(LOOK_EVERY);
  }

  private <I> void startDue(PushUseCase<I> useCase) {
    for (Due<I> due : useCase.due(PUSHES_PER_LOOK)) {
      pushing.start(due.id(), () -> useCase.push(due.locationId(), due.id()), () -> {});
    }
  }

  private void lookForWebhooks(ProcessWebhooksUseCase useCase) throws InterruptedException {
    long begun = System.nanoTime();
    int free = webhooks.freePlaces();
    List<Claim> claims = free == 0 ? List.of() : useCase.claim(free);
    for (List<Claim> together : ProcessWebhooksUseCase.together(claims)) {
      webhooks.start(
          together.getFirst().token(), () -> useCase.process(together), webhookDue::raise);
    }
    if (claims.isEmpty()) {
      webhookDue.await(LOOK_EVERY);
    }
    // One that comes alone is claimed at once; under load each claim finds what came meanwhile.
    long left = begun + CLAIM_EVERY.toNanos() - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  private static void prolongClaims(ProcessWebhooksUseCase useCase) throws InterruptedException {
    useCase.prolong();
    Thread.sleep(PROLONG_EVERY);
  }

  private void lookForSetups(RunSetupUseCase useCase) throws InterruptedException {
    Instant now = time.instant();
    for (LocationId locationId : useCase.unfinished()) {
      if (!pausedSetups.getOrDefault(locationId, Instant.EPOCH).isAfter(now)) {
        setups.start(locationId, () -> runSetup(useCase, locationId), () -> {});
      }
    }
    setupDue.await(untilTheNextSetup(now));
  }

  /** One that waits for its next permit is not kept waiting for longer. */
  private Duration untilTheNextSetup(Instant now) {
    return pausedSetups.values().stream()
        .filter(at -> at.isAfter(now))
        .map(at -> Duration.between(now, at).plusMillis(1))
        .filter(wait -> wait.compareTo(LOOK_FOR_SETUPS_EVERY) < 0)
        .min(Comparator.naturalOrder())
        .orElse(LOOK_FOR_SETUPS_EVERY);
  }

  private void lookForChores(List<Chores> kinds) throws InterruptedException {
    for (Chores kind : kinds) {
      for (Chore chore : kind.due()) {
        chores.start(chore.key(), chore.work(), () -> {});
      }
    }
    choreDue.await(LOOK_FOR_CHORES_EVERY);
  }

  private static void lookFor(Chores kind, Workshop workshop) throws InterruptedException {
    for (Chore chore : kind.due()) {
      workshop.start(chore.key(), chore.work(), () -> {});
    }
    Thread.sleep(LOOK_FOR_CHORES_EVERY);
  }

  private void runSetup(RunSetupUseCase useCase, LocationId locationId) {
    switch (useCase.run(locationId)) {
      case RunSetupUseCase.Pause.Over over -> pausedSetups.remove(locationId);
      case RunSetupUseCase.Pause.Until(Instant at) -> {
        pausedSetups.put(locationId, at);
        setupDue.raise();
      }
      case RunSetupUseCase.Pause.HeldElsewhere held ->
          pausedSetups.put(locationId, time.instant().plus(LOOK_FOR_SETUPS_EVERY));
    }
  }

  private void lookAfterMasterKey(RotateMasterKeyUseCase useCase) throws InterruptedException {
    boolean more = useCase.goOn();
    if (more != wrappingDataKeys) {
      wrappingDataKeys = more;
      LOG.log(
          System.Logger.Level.INFO,
          more
              ? "Wrapping data keys anew by the next master key."
              : "This instance has no data key left to wrap anew.");
    }
    if (!more) {
      Thread.sleep(LOOK_AFTER_MASTER_KEY_EVERY);
    }
  }
}
