package com.lpai.domain.contact;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.contact.SyncSimulation.Ending;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.ConflictPolicy;
import com.lpai.domain.sync.ConflictRule;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.NextPush;
import com.lpai.domain.sync.SyncPhase;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever happens in whatever order: both sides end equal, and no edit made here is lost. */
class SyncConvergenceTest {

  /** One thing that happens. */
  sealed interface Step {
    record EditHere(FieldName field, FieldValue value) implements Step {}

    record EditThere(FieldName field, FieldValue value) implements Step {}

    record StartPush() implements Step {}

    record Arrive() implements Step {}

    record End(Ending ending) implements Step {}

    record Read() implements Step {}

    record Hear(FieldName field) implements Step {}

    record Retry() implements Step {}

    record Decide(Conflict.Side side) implements Step {}
  }

  @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
  void bothSidesEndEqualAndNoEditIsLost(
      @ForAll boolean linked,
      @ForAll ConflictRule rule,
      @ForAll Conflict.Side choice,
      @ForAll("steps") List<Step> steps) {
    ConflictPolicy policy = field -> rule;
    SyncSimulation simulation =
        linked ? SyncSimulation.ofALinkedContact(policy) : SyncSimulation.ofANewContact(policy);

    for (Step step : steps) {
      simulation.tick();
      take(step, simulation);
    }
    simulation.calmDown(choice);

    Contact ours = simulation.ours();
    assertThat(simulation.theirs()).as(simulation.story()).contains(ours.fields());
    assertThat(ours.sync().phase()).isEqualTo(SyncPhase.SYNCED);
    assertThat(ours.sync().dirty()).isEmpty();
    assertThat(ours.nextPush()).isEqualTo(new NextPush.Nothing<>());
    assertThat(simulation.creates()).isEqualTo(linked ? 0 : 1);
    assertThat(SyncSimulation.FIELDS).as(simulation.story()).noneMatch(simulation::lostAnEditOf);
  }

  private static void take(Step step, SyncSimulation simulation) {
    switch (step) {
      case Step.EditHere(FieldName field, FieldValue value) -> simulation.editHere(field, value);
      case Step.EditThere(FieldName field, FieldValue value) -> simulation.editThere(field, value);
      case Step.StartPush start -> simulation.startPush();
      case Step.Arrive arrive -> simulation.arrive();
      case Step.End(Ending ending) -> simulation.end(ending);
      case Step.Read read -> simulation.read();
      case Step.Hear(FieldName field) -> simulation.hear(field);
      case Step.Retry retry -> simulation.retryHere();
      case Step.Decide(Conflict.Side side) -> simulation.decide(side);
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<FieldName> texts = Arbitraries.of(SyncSimulation.EMAIL, SyncSimulation.CITY);
    Arbitrary<FieldValue> textValues = Arbitraries.of("", "a", "b", "c").map(FieldValue::text);
    Arbitrary<FieldName> tags = Arbitraries.just(SyncSimulation.TAG);
    Arbitrary<FieldValue> tagValues =
        Arbitraries.of(FieldValue.cleared(), new FieldValue.Flag(true));
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(4, Combinators.combine(texts, textValues).as(Step.EditHere::new)),
            Tuple.of(2, Combinators.combine(tags, tagValues).as(Step.EditHere::new)),
            Tuple.of(2, Combinators.combine(texts, textValues).as(Step.EditThere::new)),
            Tuple.of(1, Combinators.combine(tags, tagValues).as(Step.EditThere::new)),
            Tuple.of(6, Arbitraries.just(new Step.StartPush())),
            Tuple.of(3, Arbitraries.just(new Step.Arrive())),
            Tuple.of(5, Arbitraries.of(Ending.class).map(Step.End::new)),
            Tuple.of(2, Arbitraries.just(new Step.Read())),
            Tuple.of(2, Arbitraries.of(SyncSimulation.FIELDS).map(Step.Hear::new)),
            Tuple.of(1, Arbitraries.just(new Step.Retry())),
            Tuple.of(2, Arbitraries.of(Conflict.Side.class).map(Step.Decide::new)));
    return step.list().ofMinSize(1).ofMaxSize(40);
  }
}
