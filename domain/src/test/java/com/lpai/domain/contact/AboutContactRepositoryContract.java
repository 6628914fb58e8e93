package com.lpai.domain.contact;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.MirrorRepositoryContract;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AboutContactRepository} promises. Each test has locations of its own.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
public interface AboutContactRepositoryContract<I, G, R extends AboutContact<I, G, R>>
    extends MirrorRepositoryContract<I, G, R> {

  @Override
  AboutContactRepository<I, G, R> records();

  @Test
  default void thoseAboutAContactAreFound() {
    LocationId location = TenantFixture.anyLocation();
    ContactId wanted = new ContactId("507f1f77bcf86cd799439021");
    R first = kept(fresh(location).about(wanted));
    R second = kept(fresh(location).about(wanted));
    kept(fresh(location).about(new ContactId("507f1f77bcf86cd799439022")));
    kept(fresh(location));
    kept(fresh(location).about(wanted).deletedInCrm(CrmTrace.NONE, START));
    kept(fresh(TenantFixture.anyLocation()).about(wanted));

    assertThat(records().findAbout(location, wanted)).containsExactlyInAnyOrder(first, second);
  }

  @Test
  default void thoseWithoutTheContactThatIsNamedForThemAreFound() {
    LocationId location = TenantFixture.anyLocation();
    GhlContactId wanted = new GhlContactId("wanted");
    R waits = kept(fresh(location).withGhlContact(wanted, START));
    kept(fresh(location).withGhlContact(new GhlContactId("other"), START));
    kept(fresh(location));
    kept(
        fresh(location)
            .withGhlContact(wanted, START)
            .about(new ContactId("507f1f77bcf86cd799439021")));
    kept(fresh(location).withGhlContact(wanted, START).deletedInCrm(CrmTrace.NONE, START));
    kept(fresh(TenantFixture.anyLocation()).withGhlContact(wanted, START));

    assertThat(records().findWithoutContact(location, List.of(wanted, new GhlContactId("none"))))
        .containsExactly(waits);
    assertThat(records().findWithoutContact(location, List.of())).isEmpty();
  }

  private R fresh(LocationId location) {
    return aRecord().withId(records().nextId()).in(location).build();
  }

  private R kept(R record) {
    assertThat(records().save(record.locationId(), record))
        .isEqualTo(new SaveOutcome.Saved<>(record.atVersion(1)));
    return record.atVersion(1);
  }
}
