package com.lpai.adapter.ghl.call;

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
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.AccessTokens.Answer;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure.Unauthorized;
import com.lpai.domain.crm.CrmFailure.Unauthorized.Kind;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What calls find out about tokens, and what they do with it. */
class GhlCallsTest {
  private static final Secret TOKEN = new Secret("token-of-tests");
  private static final GhlContactId ID = new GhlContactId("contactOne");
  private static final FieldChanges VALUES =
      FieldChanges.of(FieldName.of("email"), FieldValue.text("ann@example.com"));

  @Nested
  class AgainstTheSandbox {
    @Test
    void theFirstCallWithANewTokenProvesItAndTheNextOnesSayNothing() {
      try (SandboxFixture fixture = SandboxFixture.start()) {
        Secret token = fixture.newToken();
        fixture.tokens.now(new Answer.Usable(token, true));
        done(fixture.adapter.locations().details(LOCATION, CallPriority.USER));
        fixture.tokens.now(new Answer.Usable(token, false));
        done(fixture.adapter.locations().details(LOCATION, CallPriority.USER));

        assertThat(fixture.tokens.worked()).containsExactly(token);
      }
    }

    /** Trap 78: of the two it is the new one that works. */
    @Test
    void aRenewedTokenIsTheOneThatIsProved() {
      try (SandboxFixture fixture = SandboxFixture.start()) {
        Secret stale = fixture.newToken();
        fixture.sandbox.control("POST", "/sandbox/tokens/expire", "{\"all\":true}");
        Secret fresh = fixture.newToken();
        fixture.tokens.now(new Answer.Usable(stale, true));
        fixture.tokens.afterRenewal(new Answer.Usable(fresh, true));

        done(fixture.adapter.locations().details(LOCATION, CallPriority.USER));

        assertThat(fixture.tokens.renewals()).isEqualTo(1);
        assertThat(fixture.tokens.worked()).containsExactly(fresh);
      }
    }

    /** Trap 79: GoHighLevel may say it in the words of an invalid token, or not. */
    @ParameterizedTest
    @CsvSource({"400,0", "401,1"})
    void aSuspendedLocationIsToldOrFoundOutByOneRenewal(int status, int renewals) {
      try (SandboxFixture fixture = SandboxFixture.start()) {
        fixture.sandbox.control(
            "PUT", "/sandbox/settings", "{\"suspendedCallStatus\":" + status + "}");
        fixture.sandbox.control("POST", "/sandbox/locations/" + LOCATION + "/suspend", "");
        fixture.tokens.afterRenewal(new Answer.NotConnected("Location is not active"));

        failure(fixture.adapter.locations().details(LOCATION, CallPriority.USER));

        assertThat(fixture.tokens.renewals()).isEqualTo(renewals);
        assertThat(fixture.tokens.notActive()).hasSize(1 - renewals);
      }
    }

    @Test
    void aMissingScopeIsReportedByItsNameAndProvesTheToken() {
      try (SandboxFixture fixture = SandboxFixture.start()) {
        Secret token =
            new Secret(
                fixture
                    .sandbox
                    .control(
                        "POST",
                        "/sandbox/private-tokens",
                        "{\"locationId\":\"" + LOCATION + "\",\"scopes\":[\"contacts.readonly\"]}")
                    .getString("token"));
        fixture.tokens.now(new Answer.Usable(token, true));

        Unauthorized failure = (Unauthorized) failure(fixture.contacts().create(LOCATION, VALUES));

        assertThat(token.value()).startsWith("pit-");
        assertThat(failure.kind()).isEqualTo(Kind.MISSING_SCOPE);
        assertThat(failure.message()).contains("It needs the scope contacts.write");
        assertThat(fixture.tokens.renewals()).isZero();
        assertThat(fixture.tokens.worked()).containsExactly(token);
      }
    }
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          200 | {"contact":{"id":"contactOne"}}                                         | true
          404 | {"message":"Contact not found"}                                         | true
          400 | {"message":"Contact with id contactOne not found"}                      | true
          422 | {"message":["id must be a string"]}                                     | true
          401 | {"message":"The token is not authorized for this scope."}               | true
          404 | ``                                                                      | false
          404 | <html>nginx</html>                                                      | false
          200 | <html>Log in to the network</html>                                      | false
          400 | {"message":"no"}                                                        | false
          401 | {"message":"Invalid JWT"}                                               | false
          401 | {"message":"Token's user type mismatch!"}                               | false
          401 | {"message":"This route is not yet supported by the IAM Service."}       | false
          401 | {"message":"a text that nobody has seen"}                               | false
          403 | {"message":"The token does not have access to this location."}          | false
          400 | {"message":"Location is not active"}                                    | false
          429 | {"message":"Too Many Requests"}                                         | false
          500 | {"message":"boom"}                                                      | false
          """)
  void onlyWhatCameBehindTheGateProvesAToken(int status, String body, boolean proves) {
    TestTokens<LocationId> tokens = new TestTokens<>(new Answer.Usable(TOKEN, true));
    try (FakeGhl ghl = FakeGhl.answering(status, body);
        GhlAdapter adapter = adapter(ghl, tokens)) {
      CrmResult<?> result = adapter.contacts().find(LOCATION, ID, CallPriority.USER);

      assertThat(tokens.worked()).as("%s", result).hasSize(proves ? 1 : 0);
    }
  }

  @Test
  void silenceProvesNothing() {
    TestTokens<LocationId> tokens = new TestTokens<>(new Answer.Usable(TOKEN, true));
    try (FakeGhl ghl = FakeGhl.resetting();
        GhlAdapter adapter = adapter(ghl, tokens)) {
      failure(adapter.contacts().find(LOCATION, ID, CallPriority.USER));

      assertThat(tokens.worked()).isEmpty();
      assertThat(tokens.notActive()).isEmpty();
    }
  }

  @Test
  void aLocationThatIsNotActiveIsToldWithGoHighLevelsWords() {
    TestTokens<LocationId> tokens = new TestTokens<>(TOKEN);
    try (FakeGhl ghl = FakeGhl.answering(400, "{\"message\":\"Location is not active\"}");
        GhlAdapter adapter = adapter(ghl, tokens)) {
      Unauthorized failure =
          (Unauthorized) failure(adapter.contacts().find(LOCATION, ID, CallPriority.USER));

      assertThat(failure.kind()).isEqualTo(Kind.NOT_ACTIVE);
      assertThat(tokens.notActive()).containsExactly(failure.message());
      assertThat(failure.message()).contains("Location is not active");
      assertThat(tokens.renewals()).isZero();
    }
  }

  /** Trap 79: each of these is what it is, whoever asks for a new token. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "The token is not authorized for this scope.",
        "This authClass type is not allowed to access this scope",
        "Token's user type mismatch!",
        "This route is not yet supported by the IAM Service. Please update your IAM config.",
        "version header was not found.",
        "Location is not active",
        "a text that nobody has seen"
      })
  void onlyAnInvalidTokenIsRenewed(String text) {
    TestTokens<LocationId> tokens = new TestTokens<>(TOKEN);
    try (FakeGhl ghl = FakeGhl.answering(401, "{\"message\":\"" + text + "\"}");
        GhlAdapter adapter = adapter(ghl, tokens)) {
      failure(adapter.contacts().find(LOCATION, ID, CallPriority.USER));

      assertThat(tokens.renewals()).isZero();
      assertThat(ghl.received()).hasSize(1);
    }
  }

  @Test
  void aStoreThatIsAwayDoesNotCostTheIdOfANewRecord() {
    Logger logger = Logger.getLogger(GhlCalls.class.getName());
    logger.setLevel(Level.OFF);
    try (FakeGhl ghl = FakeGhl.answering(201, "{\"contact\":{\"id\":\"contactOne\"}}");
        GhlAdapter adapter = adapter(ghl, new StoreIsAway())) {
      assertThat(done(adapter.contacts().create(LOCATION, VALUES))).isEqualTo(ID);
    } finally {
      logger.setLevel(null);
    }
  }

  private record StoreIsAway() implements AccessTokens<LocationId> {
    @Override
    public Answer current(LocationId owner) {
      return new Answer.Usable(TOKEN, true);
    }

    @Override
    public Answer renewed(LocationId owner, Secret refused) {
      throw new AssertionError("nothing was refused");
    }

    @Override
    public void worked(LocationId owner, Secret token) {
      throw new StorageUnavailableException("away", new IllegalStateException());
    }

    @Override
    public void notActive(LocationId owner, Secret token, String message) {
      throw new AssertionError("it is active");
    }
  }

  private static GhlAdapter adapter(FakeGhl ghl, AccessTokens<LocationId> tokens) {
    GhlSettings settings = SandboxFixture.settings(ghl.uri());
    return GhlAdapter.of(settings, tokens, TestLimits.of(settings).locations());
  }
}
