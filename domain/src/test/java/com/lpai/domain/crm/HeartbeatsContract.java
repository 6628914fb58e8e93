package com.lpai.domain.crm;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.crm.Heartbeats.Beats;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Heartbeats} promises. Each test has instances of its own. */
public interface HeartbeatsContract {

  /** The subject; other tests' instances may be in it. */
  Heartbeats heartbeats();

  @Test
  default void anInstanceHearsItself() {
    String instance = anyInstance();

    Beats beats = heartbeats().beat(instance);

    assertThat(beats.last()).containsEntry(instance, beats.now());
  }

  @Test
  default void anInstanceHearsWhenOthersWereAliveLast() {
    String silent = anyInstance();
    String other = anyInstance();
    heartbeats().beat(silent);
    Beats last = heartbeats().beat(silent);

    Beats beats = heartbeats().beat(other);

    assertThat(beats.last()).containsEntry(silent, last.now());
    assertThat(beats.now()).isAfterOrEqualTo(last.now());
  }

  @Test
  default void aBeatIsNeverEarlierThanTheOneBefore() {
    String instance = anyInstance();
    Beats first = heartbeats().beat(instance);

    assertThat(heartbeats().beat(instance).now()).isAfterOrEqualTo(first.now());
  }

  private static String anyInstance() {
    return "instance-" + UUID.randomUUID();
  }
}
