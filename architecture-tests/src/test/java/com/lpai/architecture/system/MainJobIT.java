package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The main job on real processes: install, mirror, and keep the same both ways. */
class MainJobIT {
  private static RunningSystem system;
  private static Sandbox sandbox;
  private static HttpCalls operator;

  @BeforeAll
  static void start() {
    system = RunningSystem.start(Map.of("LPAI_LOOKUP_DELAY", "PT1S"));
    sandbox = new Sandbox(system);
    operator = system.operator();
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @AfterEach
  void fineWeather() {
    sandbox.noFaults();
  }

  private static void awaitTotal(String locationId, long total) {
    await(locationId + " has " + total + " contacts")
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> assertThat(contactCounts(locationId).getInt("total")).isEqualTo((int) total));
  }

  private static void awaitSynced(String locationId) {
    await("everything of " + locationId + " is synced")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(contactCounts(locationId).getInt("synced"))
                    .isEqualTo(contactCounts(locationId).getInt("total")));
  }

  private static void awaitSetupOver(String locationId) {
    await("the setup of " + locationId + " is over")
        .atMost(Duration.ofSeconds(90))
        .until(() -> setupState(locationId).equals("done"));
  }

  private static String setupState(String locationId) {
    return operator.get("/api/locations/" + locationId + "/setup").json().getString("state", "");
  }

  private static JsonObject contactCounts(String locationId) {
    return operator
        .get("/api/locations/" + locationId + "/sync-health")
        .json()
        .getJsonObject("contacts");
  }

  private static String contacts(String locationId) {
    return "/api/locations/" + locationId + "/contacts";
  }

  private static JsonObject firstContact(String locationId) {
    return operator
        .get(contacts(locationId) + "?limit=1")
        .json()
        .getJsonArray("items")
        .getJsonObject(0);
  }

  private static JsonObject object(String name, String value) {
    return Json.createObjectBuilder().add(name, value).build();
  }

  private static void installed(String locationId, int count) {
    sandbox.hasLocation(locationId, count);
    sandbox.installs(locationId);
    awaitSetupOver(locationId);
    awaitTotal(locationId, count);
  }

  @Test
  void everyContactOfALocationIsMirrored() {
    installed("mirrored", 2_500);

    assertThat(
            system
                .database()
                .getCollection("contacts")
                .countDocuments(Filters.eq("locationId", "mirrored")))
        .isEqualTo(2_500);
    assertThat(contactCounts("mirrored").getInt("synced")).isEqualTo(2_500);
  }

  @Test
  void changeInTheCrmIsInOurAnswers() {
    installed("inbound", 3);
    JsonObject contact = firstContact("inbound");

    sandbox
        .asUserOf("inbound")
        .put("/contacts/" + contact.getString("ghlContactId"), object("city", "Reykjavik"));

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(
                        operator
                            .get(contacts("inbound") + "/" + contact.getString("id"))
                            .json()
                            .getString("city", ""))
                    .isEqualTo("Reykjavik"));
  }

  @Test
  void changeByRestSendsExactlyThatFieldToTheCrm() {
    installed("outbound", 3);
    JsonObject contact = firstContact("outbound");

    HttpCalls.Answer answer =
        operator.patch(
            contacts("outbound") + "/" + contact.getString("id"), object("city", "Lisbon"));

    assertThat(answer.status()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(
                        sandbox
                            .contact("outbound", contact.getString("ghlContactId"))
                            .getString("city", ""))
                    .isEqualTo("Lisbon"));
    List<JsonObject> updates = sandbox.appCalls("outbound", "PUT", "/contacts/{contactId}");
    assertThat(updates).hasSize(1);
    assertThat(updates.get(0).getJsonObject("body")).isEqualTo(object("city", "Lisbon"));
    awaitSynced("outbound");
  }

  @Test
  void editMadeWhileAPushIsOnItsWaySurvives() {
    installed("meanwhile", 1);
    JsonObject contact = firstContact("meanwhile");
    String path = contacts("meanwhile") + "/" + contact.getString("id");
    sandbox.faults(
        """
        [{"kind":"latency","latencyMs":1500,"times":1,"match":{"method":"PUT","locationId":"meanwhile"}}]
        """);

    operator.patch(path, object("city", "Berlin"));
    await("the push is on its way")
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                system
                        .database()
                        .getCollection("contacts")
                        .countDocuments(
                            Filters.and(
                                Filters.eq("locationId", "meanwhile"),
                                Filters.exists("sync.inFlight")))
                    == 1);
    operator.patch(path, object("city", "Rome"));

    awaitSynced("meanwhile");
    assertThat(operator.get(path).json().getString("city")).isEqualTo("Rome");
    assertThat(sandbox.contact("meanwhile", contact.getString("ghlContactId")).getString("city"))
        .isEqualTo("Rome");
    assertThat(sandbox.appCalls("meanwhile", "PUT", "/contacts/{contactId}")).hasSize(2);
  }

  @Test
  void createWhoseAnswerIsLostLeavesOneContactOnBothSides() {
    installed("lost", 2);
    sandbox.faults(
        """
        [{"kind":"timeoutAfterEffect","holdMs":200,"times":1,"match":{"method":"POST","path":"/contacts/","locationId":"lost"}}]
        """);

    HttpCalls.Answer created =
        operator.post(
            contacts("lost"),
            Json.createObjectBuilder()
                .add("firstName", "Ada")
                .add("email", "ada.lovelace@example.com")
                .build());

    assertThat(created.status()).isEqualTo(201);
    awaitSynced("lost");
    awaitTotal("lost", 3);
    assertThat(sandbox.contactsOf("lost")).isEqualTo(3);
    assertThat(sandbox.appCalls("lost", "POST", "/contacts/")).hasSize(1);
    assertThat(
            operator
                .get(contacts("lost") + "?email=ada.lovelace@example.com")
                .json()
                .getJsonArray("items"))
        .hasSize(1);
  }

  @Test
  void contactMadeAndDeletedByRestIsMadeAndDeletedThere() {
    installed("lifecycle", 1);

    JsonObject created =
        operator.post(contacts("lifecycle"), object("email", "grace.hopper@example.com")).json();
    await().atMost(Duration.ofSeconds(10)).until(() -> sandbox.contactsOf("lifecycle") == 2);
    awaitSynced("lifecycle");
    HttpCalls.Answer deleted =
        operator.delete(contacts("lifecycle") + "/" + created.getString("id"));

    assertThat(deleted.status()).isEqualTo(204);
    await().atMost(Duration.ofSeconds(10)).until(() -> sandbox.contactsOf("lifecycle") == 1);
    awaitTotal("lifecycle", 1);
  }

  @Test
  void serverKilledInTheMiddleOfASetupGoesOnWhereItStopped() {
    sandbox.hasLocation("killed", 2_500);
    sandbox.faults(
        """
        [{"kind":"latency","latencyMs":200,"match":{"path":"/contacts/search","locationId":"killed"}}]
        """);
    sandbox.installs("killed");
    await("some pages are stored")
        .atMost(Duration.ofSeconds(60))
        .until(() -> contactCounts("killed").getInt("total") >= 300);

    system.killServer();
    long stored =
        system
            .database()
            .getCollection("contacts")
            .countDocuments(Filters.eq("locationId", "killed"));
    system.startServer();
    // The lease of the one that was killed runs out.
    sandbox.turnsClock("PT91S");
    awaitSetupOver("killed");

    assertThat(stored).isBetween(300L, 2_499L);
    assertThat(contactCounts("killed").getInt("total")).isEqualTo(2_500);
    assertThat(
            system
                .database()
                .getCollection("contacts")
                .countDocuments(Filters.eq("locationId", "killed")))
        .isEqualTo(2_500);
    assertThat(sandbox.appCalls("killed", "POST", "/contacts/search"))
        .as(
            "25 pages, the empty one that ends them, what changed meanwhile, how many there are,"
                + " and one cut off")
        .hasSizeBetween(28, 29);
  }
}
