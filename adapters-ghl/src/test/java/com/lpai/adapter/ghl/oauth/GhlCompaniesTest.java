package com.lpai.adapter.ghl.oauth;

import static com.lpai.adapter.ghl.SandboxFixture.COMPANY;
import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static com.lpai.adapter.ghl.SandboxFixture.done;
import static com.lpai.adapter.ghl.SandboxFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.GhlSettings;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.adapter.ghl.SandboxFixture.TestTokens;
import com.lpai.adapter.ghl.TestLimits;
import com.lpai.adapter.ghl.limit.CallGate;
import com.lpai.domain.company.InstalledLocations;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmFailure.Unauthorized;
import com.lpai.domain.crm.CrmFailure.Unauthorized.Kind;
import com.lpai.domain.crm.RateBudget;
import com.lpai.domain.crm.RateBudget.Permit;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GhlCompaniesTest {
  private static final CompanyId COMPANY_ID = new CompanyId(COMPANY);
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @Nested
  class AgainstTheSandbox {
    /** Pages are unsorted, overlap and are not full; some locations lack the app (trap 11). */
    @Test
    void allPagesTogetherNameEveryLocationThatHasTheAppAndNoOther() {
      try (SandboxFixture fixture = SandboxFixture.start()) {
        locations(fixture, "with-", 230);
        Connected connected = new Connected(fixture);
        locations(fixture, "without-", 20);

        List<LocationId> listed = new ArrayList<>();
        int skip = 0;
        InstalledLocations page;
        do {
          page = done(connected.companies.installedLocations(COMPANY_ID, skip, CallPriority.USER));
          assertThat(page.size()).isLessThanOrEqualTo(100);
          listed.addAll(page.installed());
          skip += page.size();
        } while (page.size() > 0);

        Set<LocationId> distinct = new HashSet<>(listed);
        assertThat(distinct).hasSize(231).contains(LOCATION);
        assertThat(distinct).noneMatch(location -> location.value().startsWith("without-"));
        assertThat(connected.tokens.worked()).isNotEmpty();
        connected.close();
      }
    }

    /** Trap 10: some answers have a refresh token and some have none. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLocationsTokenIsDerivedWithOrWithoutARefreshToken(boolean hasRefreshToken) {
      try (SandboxFixture fixture = SandboxFixture.start();
          Connected connected = new Connected(fixture);
          GhlOAuth oauth = GhlAdapter.oauth(fixture.settings, fixture.sandbox.clock())) {
        fixture.sandbox.control(
            "PUT", "/sandbox/settings", "{\"derivedRefreshToken\":" + hasRefreshToken + "}");

        TokenGrant grant =
            done(connected.companies.locationToken(COMPANY_ID, LOCATION, CallPriority.USER));

        assertThat(grant.derivedFromCompany()).isTrue();
        assertThat(grant.locationId()).isEqualTo(LOCATION);
        assertThat(grant.companyId()).isEqualTo(COMPANY_ID);
        assertThat(grant.tokens().scopes())
            .contains("contacts.write")
            .doesNotContain("oauth.write");
        assertThat(Duration.between(NOW, grant.tokens().expiresAt()))
            .isBetween(Duration.ofHours(23), Duration.ofHours(25));
        fixture.tokens.now(new AccessTokens.Answer.Usable(grant.tokens().access(), false));
        done(fixture.adapter.locations().details(LOCATION, CallPriority.USER));
        if (hasRefreshToken) {
          Secret own = ((Renewal.ByRefreshToken) grant.tokens().renewal()).token();
          assertThat(oauth.refresh(LOCATION, own)).isInstanceOf(OAuthAnswer.Granted.class);
        } else {
          assertThat(grant.tokens().renewal()).isEqualTo(new Renewal.FromCompany());
        }
      }
    }

    @ParameterizedTest
    @CsvSource({"400,Rejected", "403,Forbidden", "404,NotFound", "422,Rejected"})
    void aLocationWithoutTheAppIsRefused(int status, String meaning) {
      try (SandboxFixture fixture = SandboxFixture.start();
          Connected connected = new Connected(fixture)) {
        locations(fixture, "without-", 1);
        fixture.sandbox.control(
            "PUT", "/sandbox/settings", "{\"notInstalledStatus\":" + status + "}");

        CrmFailure failure =
            failure(
                connected.companies.locationToken(
                    COMPANY_ID, new LocationId("without-1"), CallPriority.USER));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(meaning);
      }
    }

    /** One sub-account that is not active must not cost the agency its connection. */
    @Test
    void aSuspendedLocationIsNotTakenForASuspendedCompany() {
      try (SandboxFixture fixture = SandboxFixture.start();
          Connected connected = new Connected(fixture)) {
        fixture.sandbox.control("POST", "/sandbox/locations/" + LOCATION + "/suspend", "");

        Unauthorized failure =
            (Unauthorized)
                failure(connected.companies.locationToken(COMPANY_ID, LOCATION, CallPriority.USER));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_ACTIVE);
        assertThat(connected.tokens.notActive()).isEmpty();
        assertThat(connected.tokens.renewals()).isZero();
      }
    }

    @Test
    void anExpiredCompanyTokenIsRenewedOnce() {
      try (SandboxFixture fixture = SandboxFixture.start();
          Connected connected = new Connected(fixture)) {
        fixture.sandbox.control("POST", "/sandbox/tokens/expire", "{\"all\":true}");
        Secret fresh = fixture.newCompanyGrant().tokens().access();
        connected.tokens.afterRenewal(new AccessTokens.Answer.Usable(fresh, true));

        done(connected.companies.locationToken(COMPANY_ID, LOCATION, CallPriority.USER));

        assertThat(connected.tokens.renewals()).isEqualTo(1);
        assertThat(connected.tokens.worked()).containsExactly(fresh);
      }
    }

    @Test
    void aLocationsTokenIsOfTheWrongTypeAndNotRenewed() {
      try (SandboxFixture fixture = SandboxFixture.start();
          Connected connected = new Connected(fixture)) {
        connected.tokens.now(new AccessTokens.Answer.Usable(fixture.newToken(), false));

        Unauthorized failure =
            (Unauthorized)
                failure(connected.companies.installedLocations(COMPANY_ID, 0, CallPriority.USER));

        assertThat(failure.kind()).isEqualTo(Kind.WRONG_TOKEN_TYPE);
        assertThat(connected.tokens.renewals()).isZero();
      }
    }

    @Test
    void theBudgetIsTheCompanysOwn() {
      try (SandboxFixture fixture = SandboxFixture.start();
          Connected connected = new Connected(fixture)) {
        while (connected.budget.request(COMPANY_ID, CallPriority.USER) instanceof Permit.Granted) {
          assertThat(connected.budget).isNotNull();
        }

        CrmFailure failure =
            failure(connected.companies.locationToken(COMPANY_ID, LOCATION, CallPriority.USER));

        assertThat(failure).isInstanceOf(CrmFailure.Throttled.class);
        assertThat(failure.message()).contains("company's call budget");
        done(fixture.adapter.locations().details(LOCATION, CallPriority.USER));
      }
    }

    private void locations(SandboxFixture fixture, String prefix, int count) {
      fixture.sandbox.control(
          "POST",
          "/sandbox/locations/bulk",
          "{\"companyId\":\""
              + COMPANY
              + "\",\"prefix\":\""
              + prefix
              + "\",\"count\":"
              + count
              + ",\"contacts\":0}");
    }
  }

  /** A company that has just consented. */
  private static final class Connected implements AutoCloseable {
    private final TestTokens<CompanyId> tokens;
    private final RateBudget<CompanyId> budget;
    private final GhlCompanies companies;

    private Connected(SandboxFixture fixture) {
      CompanyGrant grant = fixture.newCompanyGrant();
      tokens = new TestTokens<>(new AccessTokens.Answer.Usable(grant.tokens().access(), true));
      CallGate<CompanyId> gate =
          TestLimits.of(fixture.settings, InstantSource.fixed(NOW)).companies();
      budget = gate.budget();
      companies = GhlAdapter.companies(fixture.settings, tokens, gate, InstantSource.fixed(NOW));
    }

    @Override
    public void close() {
      companies.close();
    }
  }

  @Test
  void itemsAreCheckedThoughTheListIsFiltered() {
    try (FakeGhl ghl =
            FakeGhl.answering(
                200,
                """
                {"count":9,"locations":[
                 {"_id":"yes","name":"Salon","isInstalled":true},{"_id":"no","isInstalled":false},
                 {"_id":"silent"},{"_id":"odd","isInstalled":7},
                 {"id":"not by this name","isInstalled":true},{"_id":"not an id"},null]}
                """);
        GhlCompanies companies = companies(ghl)) {
      InstalledLocations page =
          done(companies.installedLocations(COMPANY_ID, 40, CallPriority.USER));

      assertThat(page.size()).isEqualTo(7);
      assertThat(page.installed()).containsExactly(new LocationId("yes"), new LocationId("silent"));
      assertThat(page.names())
          .isEqualTo(Map.of(new LocationId("yes"), "Salon", new LocationId("silent"), ""));
      assertThat(ghl.lastRequest().target())
          .isEqualTo(
              "/oauth/installedLocations?companyId=sandboxCompany&appId=sandboxapp"
                  + "&isInstalled=true&skip=40&limit=100");
      assertThat(ghl.lastRequest().header("Version")).isEqualTo("2021-07-28");
    }
  }

  @Test
  void aTokenIsAskedForByAForm() {
    try (FakeGhl ghl = FakeGhl.answering(400, "{}");
        GhlCompanies companies = companies(ghl)) {
      failure(companies.locationToken(COMPANY_ID, LOCATION, CallPriority.USER));

      assertThat(ghl.lastRequest().header("Content-Type"))
          .startsWith("application/x-www-form-urlencoded");
      assertThat(ghl.lastRequest().header("Version")).isEqualTo("2021-07-28");
      assertThat(ghl.lastRequest().body())
          .isEqualTo("companyId=sandboxCompany&locationId=locationOfTests");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"access_token\":\"a\",\"locationId\":\"another\"}",
        "{\"access_token\":\"a\",\"companyId\":\"another\"}",
        "{\"access_token\":\"a\",\"userType\":\"Company\"}",
        "{\"locationId\":\"locationOfTests\"}",
        "<html>edge</html>"
      })
  void aTokenOfAnybodyElseIsNoToken(String body) {
    try (FakeGhl ghl = FakeGhl.answering(200, body);
        GhlCompanies companies = companies(ghl)) {
      assertThat(failure(companies.locationToken(COMPANY_ID, LOCATION, CallPriority.USER)))
          .isInstanceOf(CrmFailure.OutcomeUnknown.class);
    }
  }

  @Test
  void whatAnAnswerDoesNotNameIsWhatWasAskedFor() {
    try (FakeGhl ghl = FakeGhl.answering(201, "{\"access_token\":\"a\",\"expires_in\":86399}");
        GhlCompanies companies = companies(ghl)) {
      TokenGrant grant = done(companies.locationToken(COMPANY_ID, LOCATION, CallPriority.USER));

      assertThat(grant.locationId()).isEqualTo(LOCATION);
      assertThat(grant.companyId()).isEqualTo(COMPANY_ID);
      assertThat(grant.tokens().expiresAt()).isEqualTo(NOW.plusSeconds(86_399));
      assertThat(grant.tokens().renewal()).isEqualTo(new Renewal.FromCompany());
    }
  }

  /** Others wait for it under a lease of ten seconds (spec 3). */
  @Test
  void aTokenComesWithinFiveSecondsOrNotAtAll() {
    try (FakeGhl silent = FakeGhl.silent();
        GhlCompanies companies = companies(silent)) {
      long begun = System.nanoTime();

      assertThat(failure(companies.locationToken(COMPANY_ID, LOCATION, CallPriority.USER)))
          .isInstanceOf(CrmFailure.OutcomeUnknown.class);

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static GhlCompanies companies(FakeGhl ghl) {
    GhlSettings settings =
        SandboxFixture.settings(ghl.uri())
            .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(10));
    return GhlAdapter.companies(
        settings,
        new TestTokens<>(new Secret("t")),
        TestLimits.of(settings).companies(),
        InstantSource.fixed(NOW));
  }
}
