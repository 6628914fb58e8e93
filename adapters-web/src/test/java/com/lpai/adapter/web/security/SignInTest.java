package com.lpai.adapter.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.access.InMemoryOperatorAccounts;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.testing.MutableInstantSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SignInTest {
  @Nested
  class OverHttp {
    private WebFixture web;

    @BeforeEach
    void start() {
      web = WebFixture.start();
    }

    @AfterEach
    void stop() {
      web.close();
    }

    private Answer signIn(String user, String password) {
      return web.send(
          "POST", "session", "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}");
    }

    private String cookie() {
      return signIn("operator", WebFixture.PASSWORD).header("Set-Cookie").split(";", 2)[0];
    }

    @Test
    void theCookieIsForThisSiteAndNoScript() {
      Answer answer = signIn("operator", WebFixture.PASSWORD);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Set-Cookie"))
          .contains("lpai-session=")
          .containsIgnoringCase("HttpOnly")
          .containsIgnoringCase("SameSite=Strict")
          .containsIgnoringCase("Path=/");
    }

    @Test
    void aSignedInOperatorReadsByCookieAlone() {
      assertThat(web.send("GET", "operations/overview", "", "Cookie", cookie()).status())
          .isEqualTo(200);
      assertThat(web.send("GET", "session", "", "Cookie", cookie()).json().getString("user"))
          .isEqualTo("operator");
    }

    @Test
    void aChangeByCookieNeedsTheConsolesHeader() {
      String path = "locations/" + web.location + "/contacts";
      String cookie = cookie();

      assertThat(web.send("POST", path, "{\"firstName\":\"A\"}", "Cookie", cookie).status())
          .isEqualTo(403);
      assertThat(
              web.send(
                      "POST",
                      path,
                      "{\"firstName\":\"A\"}",
                      "Cookie",
                      cookie,
                      "X-LPAI-Console",
                      "1")
                  .status())
          .isEqualTo(201);
    }

    @Test
    void aSessionEnds() {
      String cookie = cookie();

      web.time.advance(Duration.ofHours(13));

      assertThat(web.send("GET", "locations", "", "Cookie", cookie).status()).isEqualTo(401);
      assertThat(web.send("GET", "session", "", "Cookie", cookie).json().getBoolean("signedIn"))
          .isFalse();
    }

    @Test
    void signingOutRemovesTheCookie() {
      Answer answer = web.send("DELETE", "session", "");

      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("Set-Cookie")).containsIgnoringCase("Max-Age=0");
    }

    @Test
    void aWrongNameAndAWrongPasswordAreAnsweredAlike() {
      Answer wrongPassword = signIn("operator", "wrong");
      Answer wrongName = signIn("nobody", "wrong");

      assertThat(wrongPassword.status()).isEqualTo(401);
      assertThat(wrongName.status()).isEqualTo(401);
      assertThat(wrongName.body()).isEqualTo(wrongPassword.body());
    }

    @Test
    void afterFiveFailuresEvenTheRightPasswordWaits() {
      for (int i = 0; i < 5; i++) {
        assertThat(signIn("operator", "wrong").status()).isEqualTo(401);
      }

      Answer locked = signIn("operator", WebFixture.PASSWORD);
      web.time.advance(Duration.ofSeconds(31));

      assertThat(locked.status()).isEqualTo(429);
      assertThat(Integer.parseInt(locked.header("Retry-After"))).isBetween(1, 31);
      assertThat(signIn("operator", WebFixture.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void bodiesThatAreNoSignInAreRefused() {
      assertThat(web.send("POST", "session", "{}").status()).isEqualTo(400);
      assertThat(web.send("POST", "session", "{\"user\":7,\"password\":\"x\"}").status())
          .isEqualTo(400);
      assertThat(web.send("POST", "session", "user=a", "Content-Type", "text/plain").status())
          .isEqualTo(415);
    }
  }

  @Nested
  class Guard {
    private final MutableInstantSource time = MutableInstantSource.aClock();
    private final SignInGuard guard = new SignInGuard(time);

    private void fail(int times) {
      for (int i = 0; i < times; i++) {
        assertThat(guard.admit("ada", "1.1.1.1")).isZero();
      }
    }

    @Test
    void eachFurtherFailureDoublesTheWait() {
      fail(5);
      assertThat(guard.admit("ada", "1.1.1.1")).isEqualTo(Duration.ofSeconds(30));

      time.advance(Duration.ofSeconds(30));
      fail(1);

      assertThat(guard.admit("ada", "1.1.1.1")).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void theWaitEndsAtAQuarterOfAnHour() {
      fail(5);
      for (int i = 0; i < 40; i++) {
        time.advance(Duration.ofMinutes(15));
        fail(1);
      }

      assertThat(guard.admit("ada", "1.1.1.1")).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void othersDoNotWait() {
      fail(5);

      assertThat(guard.admit("ada", "2.2.2.2")).isZero();
      assertThat(guard.admit("bob", "1.1.1.1")).isZero();
    }

    @Test
    void successForgetsAndTimeForgetsToo() {
      fail(4);
      guard.succeeded("ada", "1.1.1.1");
      fail(5);
      time.advance(Duration.ofHours(2));
      fail(5);
    }
  }

  @Nested
  class Bootstrap {
    private final InMemoryOperatorAccounts accounts = new InMemoryOperatorAccounts();
    private final OperatorBootstrap bootstrap = new OperatorBootstrap(accounts);

    private boolean fits(String password) {
      return PasswordHash.fits(password, accounts.find("operator").orElseThrow().passwordHash());
    }

    @Test
    void aPasswordIsMadeUpOnce() {
      Optional<Secret> made = bootstrap.ensureOperator("");

      assertThat(made.map(Secret::value)).hasValueSatisfying(p -> assertThat(fits(p)).isTrue());
      assertThat(bootstrap.ensureOperator("")).isEmpty();
    }

    @Test
    void aConfiguredPasswordIsTakenAndCanChange() {
      assertThat(bootstrap.ensureOperator("first password")).isEmpty();
      assertThat(fits("first password")).isTrue();

      bootstrap.ensureOperator("second password");

      assertThat(fits("second password")).isTrue();
      assertThat(fits("first password")).isFalse();
    }

    @Test
    void theSamePasswordIsNotHashedAnew() {
      bootstrap.ensureOperator("first password");
      String before = accounts.find("operator").orElseThrow().passwordHash();

      bootstrap.ensureOperator("first password");

      assertThat(accounts.find("operator").orElseThrow().passwordHash()).isEqualTo(before);
    }

    @Test
    void aShortPasswordIsRefused() {
      assertThatThrownBy(() -> bootstrap.ensureOperator("short"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aHashHoldsItsParametersAndNotThePassword() {
    String hash = PasswordHash.of("secret words", new SecureRandom());

    assertThat(hash).startsWith("pbkdf2-sha512$210000$").doesNotContain("secret");
    assertThat(PasswordHash.fits("secret words", hash)).isTrue();
    assertThat(PasswordHash.fits("secret word", hash)).isFalse();
    assertThat(PasswordHash.of("secret words", new SecureRandom())).isNotEqualTo(hash);
    assertThat(PasswordHash.fitsNobody("")).isFalse();
  }
}
