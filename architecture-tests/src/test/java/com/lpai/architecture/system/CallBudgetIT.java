package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What GoHighLevel allows is never exceeded: by one server and by two that share a location, for
 * windows that are fixed and that slide, while persons write. How much of it is used, and how fast
 * a person's write goes out, is simulated for each build ({@code SharedBudgetsTest}) and measured
 * on real processes by {@code dev/bench/limits.sh}.
 */
@TestMethodOrder(OrderAnnotation.class)
class CallBudgetIT {
  private static final int CONTACTS = 1_500;

  private static BudgetedCopies copies;

  @BeforeAll
  static void start() {
    copies = new BudgetedCopies(CONTACTS);
  }

  @AfterAll
  static void stop() {
    copies.close();
  }

  @Test
  @Order(1)
  void oneServerIsNeverRefusedWhereWindowsAreFixed() throws Exception {
    copies.windowsSlide(false);

    judge(copies.copies(List.of("alone"), List.of(copies.system().server(1))), 1);
  }

  @Test
  @Order(2)
  void twoServersAreNeverRefusedWhereWindowsSlide() throws Exception {
    copies.startSecondServer();
    copies.windowsSlide(true);

    judge(copies.copies(List.of("slides1", "slides2"), copies.system().servers()), 2);
  }

  @Test
  @Order(3)
  void twoServersAreNeverRefusedWhereWindowsAreFixed() throws Exception {
    copies.windowsSlide(false);

    judge(copies.copies(List.of("fixed1", "fixed2"), copies.system().servers()), 2);
  }

  @Test
  @Order(4)
  void aCopyLeavesAPartOfTheDayToPersons() {
    Sandbox sandbox = copies.sandbox();
    sandbox.behaves("{\"rateDaily\":100}");
    sandbox.forgetsCalls();
    copies.hasLocation("daily");
    sandbox.installs("daily");

    await("the copy has used its 80 % of the day and waits")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () ->
                copies.setup("daily").toString().contains("waits for the location's call budget"));
    BudgetedCopies.Persons persons = copies.new Persons("daily", copies.system().servers());
    copies.contactsOf("daily").stream().limit(10).forEach(persons::write);
    await("the writes have arrived")
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                BudgetedCopies.ways(sandbox.budgetedCalls("daily"), persons.written).size() == 10);

    List<JsonObject> calls = sandbox.budgetedCalls("daily");
    assertThat(calls).noneMatch(call -> call.getInt("status") == 429);
    assertThat(calls.stream().filter(BudgetedCopies::isOfTheCopy))
        .as("calls of the copy; an instance tells its calls to the other only every half a minute")
        .hasSizeBetween(75, 85);
    assertThat(copies.setup("daily").getString("state")).isEqualTo("running");
  }

  private static void judge(List<BudgetedCopies.Figures> all, int servers) {
    assertThat(all)
        .allSatisfy(
            figures -> {
              JsonObject setup = copies.setup(figures.location());
              assertThat(setup.getString("state")).as(setup.toString()).isEqualTo("done");
              assertThat(copies.stored("contacts", figures.location())).isEqualTo(CONTACTS);
              assertThat(copies.stored("projects", figures.location())).isEqualTo(copies.deals());
              assertThat(copies.stored("messages", figures.location()))
                  .isEqualTo(copies.messages());
              assertThat(figures.refused()).as(figures.toString()).isZero();
              assertThat(figures.calls()).isGreaterThan(BudgetedCopies.BURST);
              assertThat(figures.ways()).hasSize(figures.written()).isNotEmpty();
              assertThat(figures.holders()).as("servers that made calls").isEqualTo(servers);
            });
  }
}
