package com.lpai.domain.connection;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.testing.ManyThreads;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link OAuthStates} promises. */
public interface OAuthStatesContract {
  Instant EXPIRY = START.plusSeconds(600);

  /** The subject; other tests' states may be in it. */
  OAuthStates states();

  @Test
  default void aStateThatWasNeverIssuedIsRefused() {
    assertThat(states().consume(anyState(), START)).isFalse();
  }

  @Test
  default void aStateWorksOnce() {
    String state = anyState();
    states().issue(state, EXPIRY);

    assertThat(states().consume(state, START)).isTrue();
    assertThat(states().consume(state, START)).isFalse();
  }

  @Test
  default void aStateWorksUntilJustBeforeItsExpiry() {
    String early = anyState();
    String late = anyState();
    states().issue(early, EXPIRY);
    states().issue(late, EXPIRY);

    assertThat(states().consume(early, EXPIRY.minusMillis(1))).isTrue();
    assertThat(states().consume(late, EXPIRY)).isFalse();
  }

  @Test
  default void eachStateIsOnItsOwn() {
    String one = anyState();
    String other = anyState();
    states().issue(one, EXPIRY);
    states().issue(other, EXPIRY);

    assertThat(states().consume(one, START)).isTrue();
    assertThat(states().consume(other, START)).isTrue();
  }

  @Test
  default void ofSixteenCallersExactlyOneConsumesAState() {
    String state = anyState();
    states().issue(state, EXPIRY);

    List<Boolean> answers = ManyThreads.atOnce(16, number -> states().consume(state, START));

    assertThat(answers.stream().filter(answer -> answer)).hasSize(1);
  }

  private static String anyState() {
    return "state." + UUID.randomUUID();
  }
}
