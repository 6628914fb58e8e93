package com.lpai.adapter.ghl.oauth;

import static com.lpai.adapter.ghl.SandboxFixture.COMPANY;
import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static com.lpai.adapter.ghl.SandboxFixture.done;
import static com.lpai.adapter.ghl.SandboxFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.adapter.ghl.SandboxFixture.OneToken;
import com.lpai.domain.company.CrmCompanies;
import com.lpai.domain.company.InstalledLocations;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.connection.TokenProof.Verdict;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmFailure.Unauthorized.Kind;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Companies and proofs of tokens, against the sandbox. */
class GhlCompaniesTest {
  private static final CompanyId AGENCY = new CompanyId(COMPANY);

  private SandboxFixture fixture;

  @BeforeEach
  void start() {
    fixture = SandboxFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private Secret companyToken() {
    String code =
        fixture
            .sandbox
            .control(
                "POST",
                "/sandbox/installs",
                "{\"companyId\":\"%s\",\"exchange\":false,\"webhooks\":\"none\"}"
                    .formatted(COMPANY))
            .getString("code");
    try (GhlOAuth oauth = GhlAdapter.oauth(fixture.settings, InstantSource.system())) {
      return ((OAuthAnswer.GrantedForCompany) oauth.exchange(new Secret(code)))
          .grant()
          .tokens()
          .access();
    }
  }

  private CrmCompanies companies(Secret token) {
    return GhlAdapter.companies(
        fixture.settings,
        new OneToken<>(token),
        GhlAdapter.rateBudget(fixture.settings, InstantSource.system()),
        InstantSource.system());
  }

  /** Trap 11; pages are unsorted and overlap (ghl-facts.md 2.3). */
  @Test
  void everyLocationWithTheAppIsOnSomePageAndNoOther() {
    fixture.sandbox.control(
        "POST",
        "/sandbox/locations/bulk",
        "{\"companyId\":\"%s\",\"prefix\":\"l-\",\"count\":250,\"contacts\":0}".formatted(COMPANY));
    CrmCompanies companies = companies(companyToken());
    fixture.sandbox.control("DELETE", "/sandbox/installs/l-7?webhook=false", "");
    Set<LocationId> found = new HashSet<>();

    int skip = 0;
    InstalledLocations page;
    do {
      page = done(companies.installedLocations(AGENCY, skip, CallPriority.BACKFILL));
      found.addAll(page.installed());
      skip += page.size();
    } while (page.size() > 0);

    assertThat(found).hasSize(250).contains(LOCATION).doesNotContain(new LocationId("l-7"));
  }

  @Test
  void aLocationsTokenIsDerivedAndWorks() {
    TokenGrant grant =
        done(companies(companyToken()).locationToken(AGENCY, LOCATION, CallPriority.BACKFILL));

    assertThat(grant.locationId()).isEqualTo(LOCATION);
    assertThat(grant.companyId()).isEqualTo(AGENCY);
    assertThat(grant.derivedFromCompany()).isTrue();
    assertThat(grant.tokens().renewal()).isInstanceOf(Renewal.ByRefreshToken.class);
    assertThat(verdict(grant.tokens().access())).isInstanceOf(Verdict.Accepted.class);
  }

  /** Trap 10. */
  @Test
  void aDerivedTokenWithoutARefreshTokenIsRenewedFromTheCompany() {
    fixture.sandbox.control("PUT", "/sandbox/settings", "{\"derivedRefreshToken\":false}");

    TokenGrant grant =
        done(companies(companyToken()).locationToken(AGENCY, LOCATION, CallPriority.BACKFILL));

    assertThat(grant.tokens().renewal()).isEqualTo(new Renewal.FromCompany());
  }

  @Test
  void aLocationWithoutTheAppGivesNoToken() {
    Secret token = companyToken();
    fixture.sandbox.control("DELETE", "/sandbox/installs/" + LOCATION + "?webhook=false", "");

    CrmFailure failure =
        failure(companies(token).locationToken(AGENCY, LOCATION, CallPriority.BACKFILL));

    assertThat(failure).isInstanceOf(CrmFailure.Rejected.class);
  }

  @Test
  void aSuspendedLocationIsTold() {
    Secret token = companyToken();
    fixture.sandbox.control("POST", "/sandbox/locations/" + LOCATION + "/suspend", "{}");

    CrmFailure failure =
        failure(companies(token).locationToken(AGENCY, LOCATION, CallPriority.BACKFILL));

    assertThat(((CrmFailure.Unauthorized) failure).kind()).isEqualTo(Kind.NOT_ACTIVE);
  }

  /** Trap 79: what a token is wrong for is said, and no refresh is tried. */
  @Test
  void aLocationsTokenIsTheWrongOneForACompany() {
    CrmFailure failure =
        failure(companies(fixture.newToken()).installedLocations(AGENCY, 0, CallPriority.BACKFILL));

    assertThat(((CrmFailure.Unauthorized) failure).kind()).isEqualTo(Kind.WRONG_TOKEN_TYPE);
  }

  @Test
  void aProofTellsAValidTokenFromADeadOne() {
    Secret token = fixture.newToken();
    assertThat(verdict(token)).isInstanceOf(Verdict.Accepted.class);

    fixture.sandbox.control(
        "POST", "/sandbox/tokens/expire", "{\"locationId\":\"%s\"}".formatted(LOCATION));
    assertThat(verdict(token)).isInstanceOf(Verdict.Refused.class);

    fixture.sandbox.control("POST", "/sandbox/locations/" + LOCATION + "/suspend", "{}");
    fixture.sandbox.close();
    assertThat(verdict(token)).isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void aProofTellsASuspendedLocation() {
    Secret token = fixture.newToken();
    fixture.sandbox.control("PUT", "/sandbox/settings", "{\"suspendedCallStatus\":400}");
    fixture.sandbox.control("POST", "/sandbox/locations/" + LOCATION + "/suspend", "{}");

    assertThat(verdict(token)).isInstanceOf(Verdict.NotActive.class);
  }

  @Test
  void aCompanysTokenIsProvedToo() {
    Secret token = companyToken();

    assertThat(companyVerdict(token)).isInstanceOf(Verdict.Accepted.class);
    fixture.sandbox.control(
        "POST", "/sandbox/tokens/revoke", "{\"companyId\":\"%s\"}".formatted(COMPANY));
    assertThat(companyVerdict(token)).isInstanceOf(Verdict.Refused.class);
  }

  private Verdict verdict(Secret token) {
    return GhlAdapter.locationProof(
            fixture.settings, GhlAdapter.rateBudget(fixture.settings, InstantSource.system()))
        .verdict(LOCATION, token);
  }

  private Verdict companyVerdict(Secret token) {
    return GhlAdapter.companyProof(
            fixture.settings, GhlAdapter.rateBudget(fixture.settings, InstantSource.system()))
        .verdict(AGENCY, token);
  }
}
