package com.lpai.application.push;

import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.AboutContactRepository;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Records of one kind that wait for their contact, or follow it.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
final class Waiting<I, G, R extends AboutContact<I, G, R>> {
  private final AboutContactRepository<I, G, R> records;
  private final InstantSource time;

  Waiting(AboutContactRepository<I, G, R> records, InstantSource time) {
    this.records = records;
    this.time = time;
  }

  /** Makes them due now; false when there are none. */
  boolean release(LocationId locationId, ContactId contact) {
    boolean any = false;
    for (R record : records.findBlockedAbout(locationId, contact)) {
      any |= release(record);
    }
    return any;
  }

  /** Those about the one contact are about the other from now on, which takes its place. */
  void follow(LocationId locationId, ContactId from, ContactId to) {
    while (true) {
      List<R> left = records.findAbout(locationId, from);
      if (left.isEmpty()) {
        return;
      }
      records.saveAll(locationId, left.stream().map(record -> record.about(to)).toList());
    }
  }

  private boolean release(R waiting) {
    Optional<R> present = Optional.of(waiting);
    while (present.filter(record -> record.sync().phase() == SyncPhase.BLOCKED).isPresent()) {
      R record = present.get();
      R released = record.withSync(record.sync().retried(time.instant()));
      if (records.save(record.locationId(), released) instanceof SaveOutcome.Saved<G, R>) {
        return true;
      }
      present = records.find(record.locationId(), record.id());
    }
    return false;
  }
}
