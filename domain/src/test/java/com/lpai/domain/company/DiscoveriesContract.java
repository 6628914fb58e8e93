package com.lpai.domain.company;

import static com.lpai.domain.connection.ConnectionFixture.companyGrant;
import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Discoveries} promises. Each test has companies of its own. */
public interface DiscoveriesContract {
  Discoveries discoveries();

  @Test
  default void everythingComesBackAsItWas() {
    CompanyId company = TenantFixture.anyCompany();
    CompanyGrant grant =
        new CompanyGrant(company, tokens("1"), true, false, List.of(TenantFixture.anyLocation()));
    Discovery first = Discovery.first(grant, START);

    Discovery stored = discoveries().save(first).orElseThrow();
    Discovery later = discoveries().save(changed(stored)).orElseThrow();

    assertThat(stored).isEqualTo(first.atVersion(1));
    assertThat(later).isEqualTo(changed(first).atVersion(2));
    assertThat(discoveries().find(company)).contains(later);
    assertThat(discoveries().all()).contains(later);
    assertThat(discoveries().find(TenantFixture.anyCompany())).isEmpty();
  }

  private static Discovery changed(Discovery discovery) {
    return discovery
        .progress(
            Reading.begunAt(START).goingOn().and(9, 5, 2),
            List.of(MissedLocation.first(new LocationId("missed"), "Salon $.", "No token.", START)))
        .waiting("away", START.plusSeconds(5));
  }

  @Test
  default void whatIsDueIsFoundAndWhatIsFinishedIsRepeatedLater() {
    CompanyId company = TenantFixture.anyCompany();
    Discovery asked =
        discoveries().save(Discovery.first(companyGrant(company), START)).orElseThrow();

    assertThat(discoveries().due(START.minusMillis(1), 10_000)).doesNotContain(company);
    assertThat(discoveries().due(START, 10_000)).contains(company);

    assertThat(
            discoveries()
                .save(asked.finished(Reading.begunAt(START), List.of(), START.plusSeconds(1))))
        .isPresent();

    assertThat(discoveries().due(START.plusSeconds(2), 10_000)).doesNotContain(company);
    assertThat(discoveries().due(START.plusSeconds(90_000), 10_000)).contains(company);
  }

  @Test
  default void ofSixteenChangesExactlyOneIsStored() {
    CompanyId company = TenantFixture.anyCompany();
    Discovery present =
        discoveries().save(Discovery.first(companyGrant(company), START)).orElseThrow();

    List<Optional<Discovery>> outcomes =
        ManyThreads.atOnce(
            16,
            number ->
                discoveries().save(present.progress(Reading.NONE.and(number, 0, 0), List.of())));

    assertThat(outcomes.stream().flatMap(Optional::stream)).hasSize(1);
    assertThat(discoveries().save(Discovery.first(companyGrant(company), START))).isEmpty();
  }
}
