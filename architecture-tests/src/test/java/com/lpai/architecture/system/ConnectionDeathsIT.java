package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.dev.wire.Match;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A server that is killed while it refreshes a token leaves a connection that lives. */
@SuppressWarnings("JavaUtilDate") // the driver's
class ConnectionDeathsIT extends ThreeServers {
  @Test
  void killedAtAnyStepBetweenTheAnswerAndTheStoredTokenTheConnectionLives() {
    installed("steps");
    List<Consumer<Runnable>> deaths = new ArrayList<>();
    deaths.add(ConnectionDeathsIT::atTheAnswer);
    for (String collection : List.of("connections", "key_vault")) {
      for (int step = 1; step <= (collection.equals("connections") ? 3 : 1); step++) {
        Match command = Match.any().collection(collection).nth(step);
        deaths.add(death -> atTheAnswer(() -> mongo.when(command).before().run(death)));
        deaths.add(death -> atTheAnswer(() -> mongo.when(command).afterReply().run(death)));
      }
    }
    for (Consumer<Runnable> death : deaths) {
      Date before = Date.from(sandbox.now());
      dies("steps", death);
      sandbox.turnsClock("PT11S");

      await("another server took over").atMost(SOON).until(() -> refreshedSince("steps", before));
      assertThat(refreshes("steps")).isBetween(1, 2);
      system.server(3).start();
      // Its lease on the setup runs out.
      sandbox.turnsClock("PT91S");
      awaitSetupOver("steps");
      assertThat(state("steps")).isEqualTo("active");
    }
  }

  /** GoHighLevel answers a used refresh token for 30 seconds; here nobody asks within them. */
  @Test
  void killedWithNobodyToAskInTimeOneIsDerivedAgainAndTheOtherAsksForAPerson() {
    installed("alone");
    sandbox.hasCompany("agency", 1);
    sandbox.control("/sandbox/installs", "{\"companyId\":\"agency\"}");
    await("the agency's location is set up").atMost(SOON).until(() -> setUp("agency-1") == 1);

    dies("alone", ConnectionDeathsIT::atTheAnswer);
    sandbox.turnsClock("PT60S");
    await("a person is asked").atMost(SOON).until(() -> state("alone").equals("needsReauth"));
    assertThat(operator().get("/api/operations/alerts").body()).contains("\"alone\"");
    system.server(3).start();

    Date before = Date.from(sandbox.now());
    dies("agency-1", ConnectionDeathsIT::atTheAnswer);
    sandbox.turnsClock("PT60S");
    await("the agency gave another token")
        .atMost(SOON)
        .until(() -> refreshedSince("agency-1", before));
    system.server(3).start();
    assertThat(operator().get("/api/operations/alerts").body()).doesNotContain("\"agency-1\"");
  }

  private static void atTheAnswer(Runnable happening) {
    ghl.when(Match.request("POST", "/oauth/token").first(1)).afterReply().run(happening);
  }

  /** Server 3 finds its token expired, refreshes it, and dies on the way. */
  private static void dies(String location, Consumer<Runnable> death) {
    Date before = Date.from(sandbox.now());
    AtomicBoolean died = new AtomicBoolean();
    death.accept(
        () -> {
          died.set(true);
          system.server(3).process().destroyForcibly();
        });
    do {
      sandbox.turnsClock("PT1S");
      sandbox.forgetsCalls();
      sandbox.control("/sandbox/tokens/expire", "{\"locationId\":\"" + location + "\"}");
      try {
        setupAgain(3, location);
      } catch (UncheckedIOException dead) {
        // It may find the expired token by itself, and die before it has answered.
        assertThat(died).isTrue();
      }
      // Setups belong to no server: one of the others may have done this one.
      await("server 3 died, or the setup is over")
          .atMost(SOON)
          .until(() -> died.get() || (refreshedSince(location, before) && isSetupOver(location)));
    } while (!died.get());
    ghl.removeRules();
    mongo.removeRules();
    system.server(3).awaitEnd();
  }

  private static boolean refreshedSince(String location, Date time) {
    Document connection = connection(location);
    return connection.getDate("refreshedAt").after(time)
        && connection.getString("state").equals("active");
  }
}
