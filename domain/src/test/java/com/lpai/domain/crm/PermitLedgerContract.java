package com.lpai.domain.crm;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.testing.ManyThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PermitLedger} promises.
 *
 * @param <O> whose permits they are
 */
public interface PermitLedgerContract<O> {
  Duration WINDOW = Duration.ofSeconds(10);
  PermitStock FULL =
      new PermitStock(
          0,
          100,
          WINDOW,
          Map.of("instance-1", 60, "instance-1.1", 8),
          Map.of("instance-2", 10),
          START,
          new DayUse(START.minusSeconds(60), 200_000, 4_711, 4_000));

  /** The subject; other tests' stocks may be in it. */
  PermitLedger<O> ledger();

  /** On the same clock as the subject. */
  Heartbeats heartbeats();

  /** An owner that no other test uses. */
  O anyOwner();

  @Test
  default void anOwnerThatNeverCalledHasNoStock() {
    assertThat(ledger().find(anyOwner())).isEmpty();
  }

  @Test
  default void aStockIsFoundAsItWasStored() {
    O owner = anyOwner();

    Optional<PermitStock> stored = ledger().save(owner, FULL);

    assertThat(stored).contains(FULL.stored());
    assertThat(ledger().find(owner)).contains(FULL.stored());
  }

  @Test
  default void aStockIsChangedAtItsVersionOnly() {
    O owner = anyOwner();
    PermitStock first = ledger().save(owner, FULL).orElseThrow();
    PermitStock second = ledger().save(owner, first.withHeld("instance-3", 2)).orElseThrow();

    assertThat(ledger().save(owner, first.withHeld("instance-4", 2))).isEmpty();
    assertThat(ledger().find(owner)).contains(second);
    assertThat(second.version()).isEqualTo(2);
  }

  @Test
  default void whatNobodyHoldsOrWantsAnyMoreIsGone() {
    O owner = anyOwner();
    PermitStock first = ledger().save(owner, FULL).orElseThrow();

    PermitStock emptied =
        ledger()
            .save(owner, first.without("instance-1").without("instance-1.1").without("instance-2"))
            .orElseThrow();

    assertThat(ledger().find(owner)).contains(emptied);
    assertThat(emptied.free()).isEqualTo(100);
  }

  @Test
  default void aFirstStockIsStoredOnce() {
    O owner = anyOwner();
    ledger().save(owner, FULL);

    assertThat(ledger().save(owner, FULL)).isEmpty();
  }

  @Test
  default void ofSixteenThatMakeTheFirstStockOneSucceeds() {
    O owner = anyOwner();

    List<Optional<PermitStock>> answers =
        ManyThreads.atOnce(
            16, number -> ledger().save(owner, FULL.withHeld("instance-" + number, 1)));

    assertThat(answers.stream().flatMap(Optional::stream)).hasSize(1);
  }

  @Test
  default void ofSixteenThatChangeAStockOneSucceeds() {
    O owner = anyOwner();
    PermitStock stock = ledger().save(owner, FULL).orElseThrow();

    List<Optional<PermitStock>> answers =
        ManyThreads.atOnce(
            16, number -> ledger().save(owner, stock.withHeld("instance-" + number, 1)));

    assertThat(answers.stream().flatMap(Optional::stream)).hasSize(1);
  }

  @Test
  default void changesAreFoundByTheDatabasesClock() {
    O untouched = anyOwner();
    O changed = anyOwner();
    ledger().save(untouched, FULL);
    Instant before = heartbeats().beat("instance-1").now();
    PermitStock first = ledger().save(changed, FULL).orElseThrow();
    PermitStock latest = ledger().save(changed, first.withHeld("instance-3", 2)).orElseThrow();

    assertThat(ledger().changedSince(before))
        .contains(new PermitLedger.Found<>(changed, latest))
        .doesNotContain(new PermitLedger.Found<>(changed, first));
    assertThat(ledger().changedSince(before.plus(Duration.ofHours(1)))).isEmpty();
  }
}
