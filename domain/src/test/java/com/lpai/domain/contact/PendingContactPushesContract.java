package com.lpai.domain.contact;

import static com.lpai.domain.contact.ContactFixture.aContact;
import static com.lpai.domain.contact.ContactFixture.anyGhlContactId;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.contact.PendingContactPushes.Due;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SyncState;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link PendingContactPushes} promises. Each test has locations of its own. */
public interface PendingContactPushesContract {
  /** Where the contacts of {@link #pending} are kept. */
  ContactRepository contacts();

  /** The subject; other tests' contacts may be due in it. */
  PendingContactPushes pending();

  @Test
  default void dueArePendingAndBlockedContactsLongestDueFirstOverAllLocations() {
    LocationId one = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    Contact second = stored(in(one).pendingSince(START.minusMillis(20)));
    Contact first =
        stored(in(other).withSync(SyncState.SYNCED.blocked(START.minusMillis(30), "reauth")));
    Contact third = stored(in(other).pendingSince(START.minusMillis(10)));
    Contact last = stored(in(one).pendingSince(START));

    assertThat(dueOf(START, one, other))
        .containsExactly(
            new Due(other, first.id(), START.minusMillis(30)),
            new Due(one, second.id(), START.minusMillis(20)),
            new Due(other, third.id(), START.minusMillis(10)),
            new Due(one, last.id(), START));
  }

  @Test
  default void tombstonesThatTheCrmMustHearOfAreDue() {
    LocationId location = TenantFixture.anyLocation();
    Contact deleted = stored(aLinked(location)).deletedHere(START.minusMillis(1));
    contacts().save(location, deleted);

    assertThat(dueOf(START, location))
        .containsExactly(new Due(location, deleted.id(), START.minusMillis(1)));
  }

  @Test
  default void contactsInAgreementFailedOrLaterAreNotDue() {
    LocationId location = TenantFixture.anyLocation();
    stored(in(location));
    stored(in(location).withSync(SyncState.SYNCED.failed("refused")));
    stored(in(location).pendingSince(START.plusMillis(1)));
    stored(in(location).withSync(SyncState.SYNCED.blocked(START.plusMillis(1), "reauth")));

    assertThat(dueOf(START, location)).isEmpty();
  }

  @Test
  default void aCallOnItsWayIsDueOnlyAfterItsLease() {
    LocationId location = TenantFixture.anyLocation();
    Instant leaseUntil = START.plusSeconds(30);
    Contact pending = stored(in(location).pendingSince(START));
    Contact started =
        pending.pushStarted(
            new Push.InFlight(
                Push.Kind.CREATE,
                pending.sync().revision(),
                FieldChanges.of(ContactField.CITY.fieldName(), FieldValue.text("Rome")),
                START,
                leaseUntil,
                "token"));
    contacts().save(location, started);

    assertThat(dueOf(leaseUntil.minusMillis(1), location)).isEmpty();
    assertThat(dueOf(leaseUntil, location))
        .containsExactly(new Due(location, pending.id(), leaseUntil));
  }

  @Test
  default void noMoreThanTheLimitAreFoundAndTheLongestDueFirst() {
    LocationId location = TenantFixture.anyLocation();
    for (int i = 0; i < 5; i++) {
      stored(in(location).pendingSince(START.minusMillis(i)));
    }

    List<Due> found = pending().due(START, 3);

    assertThat(found).hasSize(3).isSortedAccordingTo(Comparator.comparing(Due::dueAt));
  }

  private ContactFixture in(LocationId location) {
    return aContact().withId(contacts().nextId()).in(location);
  }

  private ContactFixture aLinked(LocationId location) {
    return in(location).linkedTo(anyGhlContactId());
  }

  private Contact stored(ContactFixture fixture) {
    Contact contact = fixture.build();
    assertThat(contacts().save(contact.locationId(), contact))
        .isEqualTo(new SaveOutcome.Saved(contact.atVersion(1)));
    return contact.atVersion(1);
  }

  private List<Due> dueOf(Instant now, LocationId... locations) {
    Set<LocationId> mine = Set.copyOf(Arrays.asList(locations));
    return pending().due(now, 10_000).stream()
        .filter(due -> mine.contains(due.locationId()))
        .toList();
  }
}
