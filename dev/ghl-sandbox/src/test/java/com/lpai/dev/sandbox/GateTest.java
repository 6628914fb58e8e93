package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.Seeding;
import com.lpai.dev.sandbox.world.Settings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GateTest extends Sandboxed {
  @Override
  SandboxConfig config() {
    return super.config().withRateLimits(3, 5);
  }

  private String path() {
    return "/locations/" + LOCATION;
  }

  @Test
  void anUnknownPathIs401AndNot404() {
    for (String path : List.of("/nothing", "/contacts", "/Contacts/x", path() + "/customvalues")) {
      Reply reply = user().get(path);

      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.messages().getFirst())
          .startsWith("This route is not yet supported by the IAM Service");
    }
  }

  @Test
  void aMissingOrUnknownTokenIsInvalid() {
    assertThat(anonymous.get(path()).messages())
        .containsExactly("Invalid token: access token is invalid");
    assertThat(anonymous.withToken("a.b.c").get(path()).messages())
        .containsExactly("Invalid token: access token is invalid");
    assertThat(anonymous.withToken("garbage").get(path()).messages())
        .containsExactly("Invalid JWT");
  }

  @Test
  void theVersionHeaderIsNeededAndChecked() {
    assertThat(user().withVersion("").get(path()).status()).isEqualTo(401);
    assertThat(user().withVersion("2021-04-15").get(path()).status()).isEqualTo(400);
  }

  @Test
  void anotherLocationIs403() {
    sandbox.createLocation(Seeding.of("other").withContacts(1, 1));

    Reply reply = user().get("/locations/other");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.messages())
        .containsExactly("The token does not have access to this location.");
  }

  @Test
  void everyAnswerHasATraceId() {
    assertThat(user().get(path()).json().getString("traceId")).isNotEmpty();
    assertThat(user().get("/nothing").json().getString("traceId")).isNotEmpty();
  }

  @Nested
  class Scopes extends Sandboxed {
    @Override
    SandboxConfig config() {
      SandboxConfig all = super.config();
      return all.withApp(
          new App(
              all.app().clientId(),
              all.app().clientSecret(),
              all.app().redirectUri(),
              all.app().webhookUrl(),
              List.of("contacts.readonly")));
    }

    @Test
    void aMissingScopeIs401WithItsOwnText() {
      Reply reply = installedApp().get("/users/search?companyId=sandboxCompany");

      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.messages()).containsExactly("The token is not authorized for this scope.");
    }
  }

  @Nested
  class RateLimits {
    @Test
    void eachAnswerSaysWhatIsLeft() {
      Client client = installedApp();
      client.get(path());

      Reply reply = client.get(path());

      assertThat(reply.header("X-RateLimit-Limit-Daily")).isEqualTo("5");
      assertThat(reply.header("X-RateLimit-Daily-Remaining")).isEqualTo("3");
      assertThat(reply.header("X-RateLimit-Interval-Milliseconds")).isEqualTo("10000");
      assertThat(reply.header("X-RateLimit-Max")).isEqualTo("3");
      assertThat(reply.header("X-RateLimit-Remaining")).isEqualTo("1");
    }

    @Test
    void theFourthCallOfAWindowIs429AndTheNextWindowIsFree() {
      Client client = installedApp();
      for (int i = 0; i < 3; i++) {
        assertThat(client.get(path()).status()).isEqualTo(200);
      }

      Reply refused = client.get(path());

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
      advance(Duration.ofSeconds(7));
      assertThat(client.get(path()).status()).isEqualTo(200);
    }

    @Test
    void theDailyLimitHoldsUntilTheNextDay() {
      Client client = installedApp();
      for (int i = 0; i < 5; i++) {
        assertThat(client.get(path()).status()).isEqualTo(200);
        advance(Duration.ofSeconds(10));
      }

      assertThat(client.get(path()).status()).isEqualTo(429);
      advance(Duration.ofHours(12));
      assertThat(installedApp().get(path()).status()).isEqualTo(200);
    }

    @Test
    void aPersonInGoHighLevelHasNoLimit() {
      Client person = user();
      for (int i = 0; i < 10; i++) {
        assertThat(person.get(path()).status()).isEqualTo(200);
      }
    }
  }

  @Nested
  class SlidingWindow extends Sandboxed {
    @Override
    SandboxConfig config() {
      return super.config().withRateLimits(2, 100).with(Settings.SLIDING_RATE_WINDOW, true);
    }

    @Test
    void aCallIsFreeAgainTenSecondsAfterItself() {
      Client client = installedApp();
      client.get("/locations/" + LOCATION);
      advance(Duration.ofSeconds(8));
      client.get("/locations/" + LOCATION);

      assertThat(client.get("/locations/" + LOCATION).status()).isEqualTo(429);
      advance(Duration.ofSeconds(2));
      assertThat(client.get("/locations/" + LOCATION).status()).isEqualTo(200);
      assertThat(client.get("/locations/" + LOCATION).status()).isEqualTo(429);
    }
  }
}
