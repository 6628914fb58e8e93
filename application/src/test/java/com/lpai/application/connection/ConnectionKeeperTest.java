package com.lpai.application.connection;

import static com.lpai.domain.connection.ConnectionFixture.activeConnection;
import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.application.work.Instance;
import com.lpai.domain.connection.AccessTokens.Answer;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.InMemoryConnectionStore;
import com.lpai.domain.connection.Migration;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenProof;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.MutableInstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ConnectionKeeperTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final MutableInstantSource time = MutableInstantSource.aClock();
  private final LocationId location = TenantFixture.anyLocation();
  private final Connections connections = new Connections();
  private final Deque<Supplier<Renewer.Outcome>> outcomes = new ArrayDeque<>();
  private TokenProof.Verdict verdict = new TokenProof.Verdict.Accepted();
  private int renewals;
  private int pauses;
  private final ConnectionKeeper<LocationId> keeper =
      new ConnectionKeeper<>(
          connections,
          (owner, connection, renewal) -> renew(),
          (owner, token) -> verdict,
          this::pause,
          new Instance("here", time, () -> "token", () -> 0));

  /** Connections some of which cannot be read. */
  private static final class Connections extends InMemoryConnectionStore<LocationId> {
    private boolean damaged;

    @Override
    public synchronized Optional<Connection> find(LocationId owner) {
      if (damaged) {
        throw new IllegalStateException("the connection cannot be read");
      }
      return super.find(owner);
    }
  }

  private Renewer.Outcome renew() {
    renewals++;
    return outcomes.isEmpty() ? renewed("next" + renewals) : outcomes.poll().get();
  }

  private void pause(Duration duration) {
    pauses++;
    time.advance(duration);
  }

  private Renewer.Outcome renewed(String number) {
    OAuthTokens fresh = tokens(number);
    return new Renewer.Outcome.Renewed(
        new OAuthTokens(fresh.access(), fresh.renewal(), time.instant().plus(DAY), fresh.scopes()));
  }

  private static Renewer.Outcome unanswered() {
    return new Renewer.Outcome.Unanswered("no answer");
  }

  // ---- answers that are lost

  @Test
  void aLostAnswerIsAskedForAgainAtOnceInEveryStateThatIsRenewed() {
    Connection active = activeConnection();
    Connection suspended = active.suspended("not active", START, START.plus(DAY));
    Connection condemned = active.condemned("invalid_grant", START, START.plus(DAY));
    for (Connection connection : new Connection[] {active, suspended, condemned}) {
      connections.remove(location);
      connections.save(location, connection);
      outcomes.add(ConnectionKeeperTest::unanswered);
      time.advance(Duration.ofHours(25));
      renewals = 0;

      keeper.care(location);

      assertThat(renewals).isEqualTo(2);
      assertThat(state()).isInstanceOf(ConnectionState.Active.class);
      time.set(START);
    }
  }

  @Test
  void whileTheNetworkIsAwayOneAttemptIsOneCall() {
    connections.save(location, activeConnection());
    time.advance(Duration.ofHours(23));
    outcomes.add(ConnectionKeeperTest::unanswered);
    outcomes.add(ConnectionKeeperTest::unanswered);
    keeper.care(location);
    assertThat(renewals).isEqualTo(2);
    outcomes.add(ConnectionKeeperTest::unanswered);
    time.advance(Duration.ofSeconds(2));

    keeper.care(location);

    assertThat(renewals).isEqualTo(3);
    assertThat(state().word()).isEqualTo("refreshing");
    assertThat(connection().careAt()).isEqualTo(time.instant().plusSeconds(4));
  }

  // ---- tokens that are refused

  /** Trap 78: the guide refreshed for ever. */
  @Test
  void aTokenThatIsRefusedThoughFreshIsNotReplacedAgainAndAgain() {
    connections.save(location, activeConnection());
    time.advance(Duration.ofSeconds(1));
    for (int call = 0; call < 100; call++) {
      Answer answer = keeper.current(location);
      assertThat(answer).isInstanceOf(Answer.Usable.class);
      keeper.renewed(location, ((Answer.Usable) answer).token());
      time.advance(Duration.ofSeconds(20));
    }

    assertThat(renewals).isBetween(1, 3);
    assertThat(state().problem()).contains("refuses a token that it has just granted");
  }

  @Test
  void aWeeklyProofThatIsAlwaysRefusedIsNoStormOfRenewals() {
    connections.save(location, activeConnection());
    verdict = new TokenProof.Verdict.Refused("Invalid JWT");
    time.advance(Connection.PROOF_EVERY);

    for (int second = 0; second < 600; second++) {
      keeper.care(location);
      time.advance(Duration.ofSeconds(1));
    }

    assertThat(renewals).isBetween(1, 2);
  }

  @Test
  void aProvedTokenThatIsRefusedLaterIsReplaced() {
    connections.save(location, activeConnection());
    Secret first = usable();
    keeper.worked(location, first);

    assertThat(keeper.renewed(location, first)).isInstanceOf(Answer.Usable.class);

    assertThat(renewals).isEqualTo(1);
    assertThat(usable()).isNotEqualTo(first);
  }

  @Test
  void onePrivateTokensRefusalIsMadeSureOfBeforeItIsGivenUp() {
    Secret key = new Secret("pit-1");
    connections.save(location, Connection.legacy(key, START));

    assertThat(keeper.renewed(location, key)).isInstanceOf(Answer.NotNow.class);
    assertThat(state()).isEqualTo(new ConnectionState.Legacy(""));
    verdict = new TokenProof.Verdict.Refused("Invalid JWT");

    assertThat(keeper.renewed(location, key)).isInstanceOf(Answer.NotConnected.class);
    assertThat(state()).isInstanceOf(ConnectionState.NeedsInstall.class);
    assertThat(connection().migration()).isEqualTo(new Migration.Pending(key));
  }

  // ---- proofs

  @Test
  void aProofThatSaysNothingIsAskedForAgainAnHourLaterByWhicheverInstance() {
    connections.save(location, activeConnection().refreshed(longLived(), START));
    verdict = new TokenProof.Verdict.Unknown("403");
    Instant due = time.advance(Connection.PROOF_EVERY);

    keeper.care(location);

    assertThat(connection().careAt()).isEqualTo(due.plus(Duration.ofHours(1)));
    verdict = new TokenProof.Verdict.Accepted();
    time.advance(Duration.ofHours(1));
    keeper.care(location);
    assertThat(connection().provedAt()).isEqualTo(time.instant());
    assertThat(connection().careAt()).isEqualTo(time.instant().plus(Connection.PROOF_EVERY));
  }

  private static OAuthTokens longLived() {
    OAuthTokens usual = tokens("1");
    return new OAuthTokens(
        usual.access(), usual.renewal(), START.plus(Duration.ofDays(400)), usual.scopes());
  }

  @Test
  void aTokenInUseIsNotWrittenDownAsProvedAgainAndAgain() {
    Connection stored = connections.save(location, activeConnection()).orElseThrow();
    Secret token = usable();

    for (int call = 0; call < 10; call++) {
      keeper.worked(location, token);
    }

    assertThat(connection().version()).isEqualTo(stored.version() + 1);
  }

  /** Trap 12: the guide had no margin, so that a token ended on its way. */
  @Test
  void aTokenThatSoonEndsIsReplacedBeforeItIsUsed() {
    connections.save(location, activeConnection());
    time.advance(DAY.minusMinutes(5).minusSeconds(1));
    assertThat(usable()).isEqualTo(new Secret("access-1"));

    time.advance(Duration.ofSeconds(1));

    assertThat(usable()).isNotEqualTo(new Secret("access-1"));
    assertThat(renewals).isEqualTo(1);
  }

  // ---- what happens meanwhile

  @Test
  void aTokenThatStillWorksIsUsedWithoutWaitingForWhoeverRenewsIt() {
    Connection stored = connections.save(location, activeConnection()).orElseThrow();
    time.advance(DAY.minusMinutes(4));
    outcomes.add(
        () -> {
          throw new AssertionError("somebody else is renewing it");
        });
    connections.save(location, stored.renewing(time.instant(), Duration.ofSeconds(10)));

    assertThat(usable()).isEqualTo(new Secret("access-1"));
    assertThat(pauses).isZero();
  }

  @Test
  void whatWasUninstalledDuringItsRenewalStaysUninstalled() {
    Connection lost =
        activeConnection()
            .condemned("its key is gone", START, START)
            .renewing(START, Duration.ofSeconds(1));
    ConnectionState.NeedsReauth withoutAnyToken =
        new ConnectionState.NeedsReauth(new Renewal.Never(), "its key is gone", START, START);
    connections.save(location, inState(lost, withoutAnyToken));
    outcomes.add(
        () -> {
          Connection present = connection();
          connections.save(location, present.uninstalled(time.instant()));
          return renewed("2");
        });

    keeper.care(location);

    assertThat(state()).isInstanceOf(ConnectionState.Uninstalled.class);
  }

  @Test
  void whatWasErasedDuringItsRenewalStaysErased() {
    connections.save(location, activeConnection());
    time.advance(Duration.ofHours(23));
    outcomes.add(
        () -> {
          connections.remove(location);
          return renewed("2");
        });

    keeper.care(location);

    assertThat(connections.find(location)).isEmpty();
  }

  private static Connection inState(Connection connection, ConnectionState state) {
    return new Connection(
        connection.companyId(),
        state,
        connection.derivedFromCompany(),
        connection.migration(),
        connection.installedAt(),
        connection.refreshedAt(),
        connection.provedAt(),
        connection.proofDue(),
        connection.version());
  }

  @Test
  void aConnectionThatCannotBeReadIsReportedAndLetsOthersHaveTheirTurn() {
    connections.save(location, activeConnection());
    Instant due = time.advance(Duration.ofHours(23));
    assertThat(connections.careDue(due, 10)).contains(location);
    connections.damaged = true;

    assertThatThrownBy(() -> keeper.care(location)).hasMessageContaining("cannot be read");

    connections.damaged = false;
    assertThat(connections.careDue(due.plusSeconds(60), 10)).doesNotContain(location);
    assertThat(connections.careDue(due.plus(Duration.ofMinutes(15)), 10)).contains(location);
  }

  // ---- what tests say

  private Secret usable() {
    Answer answer = keeper.current(location);
    assertThat(answer).isInstanceOf(Answer.Usable.class);
    return ((Answer.Usable) answer).token();
  }

  private Connection connection() {
    return connections.find(location).orElseThrow();
  }

  private ConnectionState state() {
    return connection().state();
  }
}
