package com.lpai.application.push;

import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What pushing one kind of record has of its own.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
interface PushRules<I, G, R extends Mirrored<I, G, R>> {

  /** The clocks of our instances and of the CRM may be minutes apart (spec 6, order). */
  Duration CLOCK_SKEW = Duration.ofMinutes(10);

  /**
   * How a person is told of such a record.
   *
   * @param noun what it is called
   * @param lookedUpBy by what a create of unknown outcome is looked up
   * @param sentWithout what one was sent with that cannot be looked up
   * @param advice what helps when the CRM has one that is another's here
   */
  record Words(String noun, String lookedUpBy, String sentWithout, String advice) {}

  Words words();

  /** What a location must have granted for calls that tell of such records. */
  String scope();

  /** False when a create must not be repeated although a look-up found nothing of it. */
  default boolean mayCreateAgain() {
    return true;
  }

  /**
   * How long after its beginning a create of unknown outcome is looked for again of which a look-up
   * found nothing, when it must not be repeated; in their order.
   */
  default List<Duration> looksAgainAfter() {
    return List.of();
  }

  /** The CRM's id of such a record as its failures name it. */
  G crmId(String value);

  /**
   * The record with what it must know of others to be created; the same one when it knows all.
   * Whatever it lacks, {@link #create} says.
   */
  default R completed(R record) {
    return record;
  }

  Outgoing<G> create(R record, FieldChanges values);

  Outgoing<G> update(R record, G crmId, FieldChanges values);

  /** Adds or removes names of sets. */
  Outgoing<G> regroup(R record, G crmId, FieldChanges names);

  CrmResult<G> delete(LocationId locationId, G crmId);

  CrmResult<CrmRecord<G>> find(LocationId locationId, G crmId);

  /**
   * The call that looks for what a create of ours may have made; empty when nothing of what was
   * sent can identify it.
   *
   * @param sent the values of that create
   * @param since when it was begun, by our clock
   */
  Optional<Supplier<CrmResult<List<CrmRecord<G>>>>> lookUp(
      LocationId locationId, FieldChanges sent, Instant since);

  /** True when a look-up shows every record that fits; false when it shows one of them. */
  boolean lookUpShowsAll();

  /**
   * Whether a record that the CRM has already, and refuses a second one beside, is the one that was
   * to be created. Of some kinds it is by what the refusal goes by.
   *
   * @param sent the values of the create that was refused
   * @param since when that was begun, by our clock
   */
  default CrmResult<Boolean> isTheSame(
      LocationId locationId, G crmId, FieldChanges sent, Instant since) {
    return CrmResult.done(true);
  }

  /** True when what it was blocked for has happened by now. */
  default boolean mayGoOn(R record) {
    return false;
  }

  /** A copy that the CRM's webhooks or lists brought of this record was removed for it. */
  default void folded(R copy, R into) {}

  /** The CRM has the record now: what waits for that can go on. */
  default void linked(R record) {}
}
