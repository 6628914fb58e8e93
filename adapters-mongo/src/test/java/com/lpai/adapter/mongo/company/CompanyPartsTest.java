package com.lpai.adapter.mongo.company;

import static com.lpai.domain.connection.ConnectionFixture.activeConnection;
import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.domain.company.CompanyRepository;
import com.lpai.domain.company.Discoveries;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.company.MissedLocation;
import com.lpai.domain.company.Reading;
import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A company's connection and its discovery share a document and nothing else. */
class CompanyPartsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final CompanyRepository companies = DATABASE.adapter().companies();
  private final Discoveries discoveries = DATABASE.adapter().discoveries();
  private final CompanyId company = TenantFixture.anyCompany();
  private final LocationId location = TenantFixture.anyLocation();
  private final CompanyGrant grant =
      new CompanyGrant(company, tokens("1"), true, true, List.of(location));

  @Test
  void theDocumentIsTheGuidesInACollectionOfItsOwn() {
    saved(Connection.installed(grant, START));
    saved(Discovery.first(grant, START));

    try (MongoClient client = DATABASE.client()) {
      Document stored =
          client
              .getDatabase("lpai")
              .getCollection(Collections.COMPANIES)
              .find(Filters.eq("_id", company.value()))
              .first();
      assertThat(stored)
          .containsEntry("isCompanyLevel", true)
          .containsEntry("approvedLocations", List.of(location.value()))
          .containsKeys("connection", "discovery")
          .doesNotContainKey("locationId");
    }
  }

  @Test
  void progressOfADiscoveryNeverBreaksARefreshNorTheOtherWayRound() {
    Connection connection = saved(Connection.installed(grant, START));
    Discovery discovery = saved(Discovery.first(grant, START));

    Discovery progressed =
        saved(discovery.progress(Reading.begunAt(START).and(3, 2, 1), List.of()));
    Connection refreshed = saved(connection.refreshed(tokens("2"), START.plusSeconds(1)));
    Discovery finished =
        saved(progressed.finished(progressed.reading(), List.of(), START.plusSeconds(2)));

    assertThat(companies.find(company)).contains(refreshed);
    assertThat(discoveries.find(company)).contains(finished);
  }

  @Test
  void eachPartMayComeFirst() {
    assertThat(discoveries.find(company)).isEmpty();
    assertThat(companies.find(company)).isEmpty();

    Discovery discovery = saved(Discovery.first(grant, START));

    assertThat(companies.find(company)).isEmpty();
    assertThat(companies.careDue(Connection.NEVER, 10_000)).doesNotContain(company);

    Connection connection = saved(Connection.installed(grant, START));

    assertThat(companies.find(company)).contains(connection);
    assertThat(discoveries.find(company)).contains(discovery);
  }

  @Test
  void partsThatComeAtOnceAreBothStored() {
    for (CompanyId each :
        IntStream.range(0, 20).mapToObj(number -> TenantFixture.anyCompany()).toList()) {
      CompanyGrant mine = new CompanyGrant(each, tokens("1"), true, true, List.of());

      List<Boolean> stored =
          ManyThreads.atOnce(
              2,
              number ->
                  number == 0
                      ? companies.save(each, activeConnection()).isPresent()
                      : discoveries.save(Discovery.first(mine, START)).isPresent());

      assertThat(stored).containsExactly(true, true);
    }
  }

  @Test
  void aLocationThatIsErasedIsApprovedNoMoreAndWhoeverReadItBeforeMustReadAgain() {
    LocationId other = TenantFixture.anyLocation();
    CompanyGrant both =
        new CompanyGrant(company, tokens("1"), true, true, List.of(location, other));
    Discovery read =
        saved(
            saved(Discovery.first(both, START))
                .missing(List.of(missed(location), missed(other)))
                .waiting("Location " + location + " is not there", START));

    long forgotten =
        DATABASE.adapter().erasures().removeAll(location).getOrDefault(Collections.COMPANIES, 0L);

    assertThat(forgotten).isEqualTo(1);
    assertThat(discoveries.save(read.progress(Reading.NONE, List.of()))).isEmpty();
    Optional<Discovery> present = discoveries.find(company);
    assertThat(present.map(Discovery::approvedLocations)).contains(List.of(other));
    assertThat(present.map(Discovery::trouble)).contains("");
    assertThat(present.map(Discovery::missed)).contains(List.of(missed(other)));
  }

  private static MissedLocation missed(LocationId id) {
    return MissedLocation.first(id, "Salon", "It has no token.", START);
  }

  private Connection saved(Connection connection) {
    return companies.save(company, connection).orElseThrow();
  }

  private Discovery saved(Discovery discovery) {
    return discoveries.save(discovery).orElseThrow();
  }
}
