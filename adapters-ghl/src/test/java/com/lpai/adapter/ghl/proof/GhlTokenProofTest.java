package com.lpai.adapter.ghl.proof;

import static com.lpai.adapter.ghl.SandboxFixture.COMPANY;
import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.adapter.ghl.TestLimits;
import com.lpai.adapter.ghl.TestLimits.FixedBudget;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenProof;
import com.lpai.domain.connection.TokenProof.Verdict;
import com.lpai.domain.crm.RateBudget.Permit;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GhlTokenProofTest {
  private static final CompanyId COMPANY_ID = new CompanyId(COMPANY);
  private static final Secret TOKEN = new Secret("a.token.ofTests");

  @Nested
  class AgainstTheSandbox {
    @Test
    void aLiveTokenIsAcceptedAndADeadOneRefused() {
      try (SandboxFixture fixture = SandboxFixture.start();
          GhlTokenProof<LocationId> proof = location(fixture.sandbox.baseUri())) {
        Secret token = fixture.newToken();
        Verdict alive = proof.verdict(LOCATION, token);
        fixture.sandbox.control("POST", "/sandbox/tokens/expire", "{\"all\":true}");
        Verdict dead = proof.verdict(LOCATION, token);

        assertThat(alive).isInstanceOf(Verdict.Accepted.class);
        assertThat(dead).isInstanceOf(Verdict.Refused.class);
        assertThat(dead.toString()).doesNotContain(token.value());
        assertThat(fixture.calls()).as("one call each, never a renewal").hasSize(2);
      }
    }

    @Test
    void aCompanysTokenIsProvedByTheListOfItsLocations() {
      try (SandboxFixture fixture = SandboxFixture.start();
          GhlTokenProof<CompanyId> proof = company(fixture.sandbox.baseUri())) {
        Secret token = fixture.newCompanyGrant().tokens().access();
        Verdict alive = proof.verdict(COMPANY_ID, token);
        Verdict wrongType = proof.verdict(COMPANY_ID, fixture.newToken());
        fixture.sandbox.control("POST", "/sandbox/tokens/expire", "{\"all\":true}");
        Verdict dead = proof.verdict(COMPANY_ID, token);

        assertThat(alive).isInstanceOf(Verdict.Accepted.class);
        assertThat(wrongType).isInstanceOf(Verdict.Unknown.class);
        assertThat(dead).isInstanceOf(Verdict.Refused.class);
      }
    }

    @Test
    void aTokenWithoutTheScopeIsValidAllTheSame() {
      try (SandboxFixture fixture = SandboxFixture.start();
          GhlTokenProof<LocationId> proof = location(fixture.sandbox.baseUri())) {
        Secret token =
            new Secret(
                fixture
                    .sandbox
                    .control(
                        "POST",
                        "/sandbox/private-tokens",
                        "{\"locationId\":\"" + LOCATION + "\",\"scopes\":[\"contacts.readonly\"]}")
                    .getString("token"));

        assertThat(proof.verdict(LOCATION, token)).isInstanceOf(Verdict.Accepted.class);
      }
    }
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          200 | {"locations":[],"location":{}}                                          | Accepted
          401 | {"message":"The token is not authorized for this scope."}               | Accepted
          404 | {"message":"Not Found"}                                                 | Accepted
          422 | {"message":["limit is odd"]}                                            | Accepted
          401 | {"message":"Invalid token: access token is invalid"}                    | Refused
          401 | {"message":"Invalid JWT"}                                               | Refused
          400 | {"message":"Location is not active"}                                    | NotActive
          401 | {"message":"Location is not active"}                                    | NotActive
          200 | <html>Log in to the network</html>                                      | Unknown
          400 | {"message":"no"}                                                        | Unknown
          401 | {"message":"Token's user type mismatch!"}                               | Unknown
          401 | {"message":"This route is not yet supported by the IAM Service."}       | Unknown
          401 | {"message":"a text that nobody has seen"}                               | Unknown
          401 | <html>edge</html>                                                       | Unknown
          403 | {"message":"The token does not have access to this location."}          | Unknown
          404 | <html>nginx</html>                                                      | Unknown
          429 | {"message":"Too Many Requests"}                                         | Unknown
          500 | {"message":"Invalid JWT"}                                               | Unknown
          """)
  void everyAnswerIsOneVerdict(int status, String body, String verdict) {
    try (FakeGhl ghl = FakeGhl.answering(status, body);
        GhlTokenProof<LocationId> ofLocation = location(ghl.uri());
        GhlTokenProof<CompanyId> ofCompany = company(ghl.uri())) {
      assertThat(word(ofLocation, LOCATION)).isEqualTo(verdict);
      assertThat(ghl.lastRequest().target()).isEqualTo("/locations/locationOfTests");
      assertThat(word(ofCompany, COMPANY_ID)).isEqualTo(verdict);
      assertThat(ghl.lastRequest().target()).contains("/oauth/installedLocations?", "limit=1");
      assertThat(ghl.received()).hasSize(2);
    }
  }

  @Test
  void whenGoHighLevelCannotBeAskedNothingIsKnown() {
    try (GhlTokenProof<LocationId> proof = location(FakeGhl.addressOfNobody())) {
      assertThat(word(proof, LOCATION)).isEqualTo("Unknown");
    }
  }

  @Test
  void withoutAPermitNothingIsSent() {
    try (FakeGhl ghl = FakeGhl.answering(200, "{}");
        GhlTokenProof<LocationId> proof =
            GhlAdapter.locationProof(
                SandboxFixture.settings(ghl.uri()),
                TestLimits.gate(new FixedBudget<>(new Permit.Wait(Duration.ofSeconds(1)))))) {
      assertThat(word(proof, LOCATION)).isEqualTo("Unknown");
      assertThat(ghl.received()).isEmpty();
    }
  }

  private static <O> String word(TokenProof<O> proof, O owner) {
    return proof.verdict(owner, TOKEN).getClass().getSimpleName();
  }

  private static GhlTokenProof<LocationId> location(URI base) {
    return GhlAdapter.locationProof(
        SandboxFixture.settings(base), TestLimits.of(SandboxFixture.settings(base)).locations());
  }

  private static GhlTokenProof<CompanyId> company(URI base) {
    return GhlAdapter.companyProof(
        SandboxFixture.settings(base), TestLimits.of(SandboxFixture.settings(base)).companies());
  }
}
