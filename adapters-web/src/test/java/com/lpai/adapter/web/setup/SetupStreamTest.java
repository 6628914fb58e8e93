package com.lpai.adapter.web.setup;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.Caller;
import com.lpai.adapter.web.stream.Listener;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.setup.SetupUseCases;
import com.lpai.application.setup.StoredSetup;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.connection.InMemoryConnections;
import com.lpai.domain.location.InMemoryLocations;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepResult;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.MutableInstantSource;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams of setups as an instance gives them that sees nothing but what is stored. */
class SetupStreamTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final SetupStreams.Spans BEATS_OFTEN =
      new SetupStreams.Spans(Duration.ofMillis(20), Listener.SEND_WITHIN, Listener.LIFE);

  private final MutableInstantSource time = MutableInstantSource.aClock();
  private final InMemoryLocations locations = new InMemoryLocations();
  private final Map<LocationId, List<String>> looks = new ConcurrentHashMap<>();
  private final Set<LocationId> erased = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isDatabaseAway = new AtomicBoolean();
  private final AtomicBoolean isBroken = new AtomicBoolean();
  private final Map<LocationId, StoredSetup> reinstalled = new ConcurrentHashMap<>();
  private final LocationId location = aLocation();
  private final SetupUseCase setups = new Looking();
  private final SetupFeed feed = new SetupFeed(setups);
  private final SetupStreams streams =
      new SetupStreams(setups, feed, time, SetupStreams.Spans.USUAL);

  /** The real use case; who looks is written down, and a look may fail. */
  private final class Looking implements SetupUseCase {
    private final SetupUseCase real =
        SetupUseCases.requests(
            locations,
            new InMemoryConnections(),
            WorkSignals.SILENT,
            new Instance("test", time, () -> "token", () -> 0.5));

    @Override
    public Requested request(LocationId locationId, boolean fullSync) {
      return real.request(locationId, fullSync);
    }

    @Override
    public Requested retry(LocationId locationId, SetupStep step) {
      return real.retry(locationId, step);
    }

    @Override
    public void include(LocationId locationId, SetupStep step) {
      real.include(locationId, step);
    }

    @Override
    public boolean isOwed(LocationId locationId) {
      return real.isOwed(locationId);
    }

    @Override
    public Optional<StoredSetup> stored(LocationId locationId) {
      looksAt(locationId).add(Thread.currentThread().getName());
      if (isDatabaseAway.get()) {
        throw new StorageUnavailableException("away", new IllegalStateException());
      }
      if (isBroken.get() && isOfTheFeed(Thread.currentThread().getName())) {
        throw new LinkageError("planted");
      }
      if (reinstalled.containsKey(locationId)) {
        return Optional.of(reinstalled.get(locationId));
      }
      return erased.contains(locationId) ? Optional.empty() : real.stored(locationId);
    }
  }

  private static boolean isOfTheFeed(String thread) {
    return thread.equals("setup-feed");
  }

  private List<String> looksAt(LocationId id) {
    return looks.computeIfAbsent(id, absent -> new CopyOnWriteArrayList<>());
  }

  private void awaitLooks(LocationId id, int more) {
    int before = looksAt(id).size();
    await().atMost(PATIENCE).until(() -> looksAt(id).size() >= before + more);
  }

  private LocationId aLocation() {
    LocationId id = TenantFixture.anyLocation();
    locations.save(id, Location.installed(id, TenantFixture.anyCompany(), time.instant()));
    return id;
  }

  @BeforeEach
  void begin() {
    becomes(Setup.NEVER.requested(true, time.instant()));
  }

  @AfterEach
  void close() {
    feed.close();
  }

  private Setup setup() {
    return locations.find(location).orElseThrow().setup();
  }

  private void becomes(Setup setup) {
    Location before = locations.find(location).orElseThrow();
    assertThat(locations.save(location, before.withSetup(setup))).isPresent();
  }

  private void progresses(long done) {
    becomes(
        setup()
            .with(
                SetupStep.CONTACTS,
                StepResult.WAITING.started(time.instant()).progressed(done, 2_500)));
  }

  private void isOver() {
    Setup over = setup();
    for (SetupStep step : SetupStep.values()) {
      over = over.with(step, StepResult.WAITING.started(time.instant()).finished(time.instant()));
    }
    becomes(over);
  }

  private Caller caller(Instant until) {
    return new Caller("frontend", false, false, Set.of(location), until);
  }

  private FakeStream open(String lastEventId) {
    return open(location, lastEventId, time.instant().plus(Duration.ofHours(1)));
  }

  private FakeStream open(LocationId of, String lastEventId, Instant rightUntil) {
    FakeStream stream = new FakeStream();
    streams.open(of, caller(rightUntil), lastEventId, stream, new FakeStream.Maker());
    return stream;
  }

  private SetupStreams streamsThat(SetupStreams.Spans spans) {
    return new SetupStreams(setups, feed, time, spans);
  }

  /** The beginning of an event with the state of this version. */
  private static String state(int version) {
    return "retry 2000 setup#" + id(version) + ": ";
  }

  private static String id(int version) {
    return START.toEpochMilli() + "-" + version;
  }

  private static void begins(FakeStream stream) throws InterruptedException {
    assertThat(stream.next()).isEqualTo(": setup");
  }

  // ---- what is told

  @Test
  void theStateIsToldAtOnceAndThenEachThatIsStoredByWhomever() throws InterruptedException {
    FakeStream stream = open("");
    begins(stream);
    assertThat(stream.next()).startsWith(state(2)).contains("\"state\":\"running\"");

    progresses(300);
    assertThat(stream.next()).startsWith(state(3)).contains("\"done\":300,\"total\":2500");
    progresses(400);
    assertThat(stream.next()).startsWith(state(4)).contains("\"done\":400,\"total\":2500");
  }

  @Test
  void whenTheSetupIsOverItsLastStateIsToldAndTheStreamEnds() throws InterruptedException {
    FakeStream stream = open("");
    begins(stream);
    stream.next();

    isOver();

    assertThat(stream.next()).startsWith(state(3)).contains("\"state\":\"done\"");
    assertThat(stream.next()).isEqualTo("end#: {\"reason\":\"over\"}");
    assertThat(stream.next()).isEqualTo(FakeStream.CLOSED);
  }

  @Test
  void aSetupThatIsOverIsToldOnce() throws InterruptedException {
    isOver();

    FakeStream stream = open("");

    begins(stream);
    assertThat(stream.next()).startsWith(state(3));
    assertThat(stream.next()).isEqualTo("end#: {\"reason\":\"over\"}");
    assertThat(stream.next()).isEqualTo(FakeStream.CLOSED);
  }

  @Test
  void aSetupOfWhichAStepIsTriedAgainByItselfIsFollowedOn() throws InterruptedException {
    isOver();
    Setup over = setup();
    Instant later = START.plus(Duration.ofHours(1));
    StepResult retrying = StepResult.WAITING.started(START).triedAgain("away", later);
    becomes(over.with(SetupStep.USERS, retrying));
    FakeStream stream = open("");
    begins(stream);
    assertThat(stream.next())
        .startsWith(state(4))
        .contains("\"state\":\"retrying\"", "\"nextAttemptAt\":\"" + later + "\"");

    becomes(over);

    assertThat(stream.next()).startsWith(state(5)).contains("\"state\":\"done\"");
    assertThat(stream.next()).isEqualTo("end#: {\"reason\":\"over\"}");
  }

  @Test
  void aLocationThatIsErasedMeanwhileEndsTheStream() throws InterruptedException {
    FakeStream stream = open("");
    begins(stream);
    stream.next();

    erased.add(location);

    assertThat(stream.next()).isEqualTo("end#: {\"reason\":\"gone\"}");
    assertThat(stream.next()).isEqualTo(FakeStream.CLOSED);
  }

  @Test
  void aLocationThatIsInstalledAgainIsToldAlthoughSomebodyHasNotLeftTheErasedOne()
      throws InterruptedException {
    SetupFeed.Watch slow = feed.join(location, setups.stored(location).orElseThrow()).orElseThrow();
    erased.add(location);
    assertThat(slow.next(id(2), PATIENCE)).isInstanceOf(Sight.Gone.class);
    erased.clear();

    FakeStream stream = open("");

    begins(stream);
    assertThat(stream.next()).startsWith(state(2));
    slow.close();
    progresses(1);
    assertThat(stream.next()).startsWith(state(3));
  }

  /** Versions begin anew with it. */
  @Test
  void aLocationThatIsErasedAndInstalledAgainBetweenTwoLooksIsTold() throws InterruptedException {
    progresses(300);
    FakeStream stream = open("");
    begins(stream);
    assertThat(stream.next()).startsWith(state(3));
    Instant later = START.plusSeconds(60);

    reinstalled.put(location, new StoredSetup(Setup.NEVER.requested(true, later), later, 2));

    assertThat(stream.next()).startsWith("retry 2000 setup#" + later.toEpochMilli() + "-2: ");
  }

  @Test
  void whoHasTheEndOfAnErasedLocationIsToldOfTheOneInstalledSince() throws InterruptedException {
    isOver();
    Setup over = setup();
    reinstalled.put(location, new StoredSetup(over, START.plusSeconds(60), 3));

    FakeStream stream = open(id(3));

    begins(stream);
    assertThat(stream.next()).contains("\"state\":\"done\"");
  }

  // ---- coming back

  @Test
  void whoComesBackIsToldOnlyWhatIsNew() throws InterruptedException {
    FakeStream stream = open(id(2));
    begins(stream);

    progresses(300);

    assertThat(stream.next()).startsWith(state(3));
  }

  @Test
  void whoComesBackFromAnotherStateIsToldTheState() throws InterruptedException {
    for (String seen : List.of(id(1), id(99), "2", "nonsense")) {
      FakeStream stream = open(seen);
      begins(stream);
      assertThat(stream.next()).as(seen).startsWith(state(2));
    }
  }

  /** A browser comes back by itself until it is answered 204. */
  @Test
  void whoHasTheLastStateNeedNotComeBack() {
    isOver();

    assertThatExceptionOfType(WebApplicationException.class)
        .isThrownBy(() -> open(id(3)))
        .satisfies(told -> assertThat(told.getResponse().getStatus()).isEqualTo(204));
  }

  @Test
  void aStreamIsNeverSilentForLong() throws InterruptedException {
    FakeStream stream = new FakeStream();
    streamsThat(BEATS_OFTEN)
        .open(
            location,
            caller(time.instant().plus(Duration.ofHours(1))),
            id(2),
            stream,
            new FakeStream.Maker());

    begins(stream);
    assertThat(stream.next()).isEqualTo(": still here");
    assertThat(stream.next()).isEqualTo(": still here");
  }

  // ---- ends from outside

  @Test
  void theStreamEndsWithTheRight() throws InterruptedException {
    FakeStream stream = open(location, "", time.instant().plus(Duration.ofSeconds(1)));
    begins(stream);
    stream.next();

    time.advance(Duration.ofSeconds(1));

    assertThat(stream.next()).isEqualTo("end#: {\"reason\":\"expired\"}");
    assertThat(stream.next()).isEqualTo(FakeStream.CLOSED);
  }

  @Test
  void aStreamEndsAfterAWhileWithoutAWordSoThatTheRightIsLookedAtAgain()
      throws InterruptedException {
    FakeStream stream = new FakeStream();
    streamsThat(BEATS_OFTEN)
        .open(
            location,
            caller(START.plus(Duration.ofDays(1))),
            id(2),
            stream,
            new FakeStream.Maker());
    begins(stream);

    time.advance(Listener.LIFE);

    String last = stream.next();
    while (last.equals(": still here")) {
      last = stream.next();
    }
    assertThat(last).isEqualTo(FakeStream.CLOSED);
  }

  @Test
  void aStuckClientIsLetGoAndItsPlaceIsFree() throws InterruptedException {
    FakeStream stuck = new FakeStream();
    Duration notLong = Duration.ofMillis(50);
    streamsThat(new SetupStreams.Spans(Listener.HEARTBEAT, notLong, Listener.LIFE))
        .open(
            location, caller(START.plus(Duration.ofDays(1))), id(2), stuck, new FakeStream.Maker());
    begins(stuck);
    for (int i = 1; i < SetupFeed.MOST_OF_ONE_LOCATION; i++) {
      open("");
    }
    stuck.getStuck();
    isRefused(location, "too-many-watchers");

    progresses(1);

    assertThat(stuck.next()).isEqualTo(FakeStream.CLOSED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThatNoException().isThrownBy(() -> open("")));
  }

  @Test
  void aLookThatEndsTheThreadIsMadeAgainForTheNextWhoWatches() throws InterruptedException {
    FakeStream stream = open("");
    begins(stream);
    stream.next();
    isBroken.set(true);
    looksAt(location).clear();
    await()
        .atMost(PATIENCE)
        .until(() -> looksAt(location).stream().anyMatch(SetupStreamTest::isOfTheFeed));
    isBroken.set(false);
    looksAt(location).clear();

    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              open("").goAway();
              return looksAt(location).stream().anyMatch(SetupStreamTest::isOfTheFeed);
            });
    progresses(300);

    assertThat(stream.next()).startsWith(state(3));
  }

  @Test
  void aServerThatStopsLetsGoWithoutAWordSoThatClientsComeBack() throws InterruptedException {
    FakeStream stream = open("");
    begins(stream);
    stream.next();

    feed.close();

    assertThat(stream.next()).isEqualTo(FakeStream.CLOSED);
    isRefused(location, "stopping");
  }

  @Test
  void aDatabaseThatIsAwayForAWhileEndsNothing() throws InterruptedException {
    FakeStream stream = open("");
    begins(stream);
    stream.next();

    isDatabaseAway.set(true);
    progresses(300);
    awaitLooks(location, 2);
    isDatabaseAway.set(false);

    assertThat(stream.next()).startsWith(state(3));
  }

  // ---- bounds

  private void isRefused(LocationId of, String why) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> open(of, "", time.instant().plusSeconds(9)))
        .satisfies(
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(503);
              assertThat(refused.problem().kind()).isEqualTo(why);
              assertThat(refused.problem().retryAfter()).isPositive();
            });
  }

  @Test
  void oneLocationHasABoundAndLeavesRoomForOthers() throws InterruptedException {
    List<FakeStream> all = new ArrayList<>();
    for (int i = 0; i < SetupFeed.MOST_OF_ONE_LOCATION; i++) {
      all.add(open(""));
    }

    isRefused(location, "too-many-watchers");
    LocationId other = aLocation();
    begins(open(other, "", time.instant().plusSeconds(9)));

    all.getFirst().goAway();
    progresses(1);
    await().atMost(PATIENCE).until(all.getFirst()::isClosed);
    begins(open(""));
  }

  @Test
  void allLocationsTogetherHaveABound() {
    for (int i = 0; i < SetupFeed.MOST_WATCHERS; i++) {
      open(aLocation(), "", time.instant().plus(Duration.ofHours(1)));
    }

    isRefused(aLocation(), "too-many-watchers");
  }

  @Test
  void manyWhoWatchOneLocationAreOneLook() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      FakeStream stream = open("");
      begins(stream);
      stream.next();
    }
    looksAt(location).clear();

    awaitLooks(location, 2);

    assertThat(looksAt(location)).containsOnly("setup-feed");
  }

  @Test
  void nobodyLooksWhenNobodyWatches() throws InterruptedException {
    FakeStream stream = open("");
    begins(stream);
    stream.next();
    isOver();
    while (!stream.next().equals(FakeStream.CLOSED)) {
      // The last words.
    }
    int after = looksAt(location).size();

    LocationId other = aLocation();
    begins(open(other, "", time.instant().plus(Duration.ofHours(1))));
    awaitLooks(other, 3);

    assertThat(looksAt(location)).as("one was under way").hasSizeBetween(after, after + 1);
  }

  @Test
  void anUnknownLocationIsNotFound() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> open(TenantFixture.anyLocation(), "", time.instant().plusSeconds(9)))
        .satisfies(refused -> assertThat(refused.problem().status()).isEqualTo(404));
  }
}
