package com.lpai.adapter.web.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.application.webhook.TryWebhooksUseCase;
import com.lpai.domain.connection.ConnectionFixture;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactFixture;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookEvent;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookQueue.Settled;
import com.lpai.domain.webhook.WebhookStatus;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WebhooksApiTest {
  private static WebFixture web;

  private final LocationId location = TenantFixture.anyLocation();

  @BeforeAll
  static void start() {
    web = WebFixture.start();
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  @Test
  void theLogTellsWhatBecameOfEachEventInPages() {
    ends(location, WebhookStatus.DONE, "c1");
    ends(location, WebhookStatus.DEAD, "c2");

    JsonObject first = log("locationId=" + location + "&limit=1").json();
    JsonObject second =
        log("locationId=" + location + "&limit=1&cursor=" + first.getString("nextCursor")).json();

    JsonObject line = items(first).getFirst();
    assertThat(line.getString("status")).isEqualTo("dead");
    assertThat(line.getString("entity")).isEqualTo("contact/c2");
    assertThat(line.getString("type")).isEqualTo("ContactUpdate");
    assertThat(line.keySet()).contains("receivedAt", "queuedAt", "startedAt", "doneAt");
    assertThat(items(second).getFirst().getString("status")).isEqualTo("done");
    assertThat(second.isNull("nextCursor")).isTrue();
    assertThat(items(log("locationId=" + location + "&status=dead").json())).hasSize(1);
    assertThat(items(log("locationId=" + location + "&type=Other").json())).isEmpty();
  }

  @Test
  void whatIsKeptIsToldWithItsReasonAndWithoutItsBody() {
    ends(location, WebhookStatus.DEAD, "c1");
    quarantined(location, "c2");

    Answer kept = web.call("GET", "operations/webhooks/kept?locationId=" + location, "");

    assertThat(items(kept.json()))
        .extracting(each -> each.getString("status"))
        .containsExactly("quarantined", "dead");
    assertThat(items(kept.json()).getLast().getString("reason")).isEqualTo("fault");
    assertThat(items(kept.json()).getLast().getString("outcome")).isEqualTo("over");
    assertThat(kept.body()).doesNotContain("\"body\"");
    assertThat(
            items(
                web.call(
                        "GET",
                        "operations/webhooks/kept?locationId=" + location + "&reason=crmAway",
                        "")
                    .json()))
        .isEmpty();
  }

  @Test
  void theLogIsFoundByOneStateOrSeveral() {
    ends(location, WebhookStatus.DONE, "c1");
    ends(location, WebhookStatus.DEAD, "c2");
    ends(location, WebhookStatus.SKIPPED, "c3");

    assertThat(items(log("locationId=" + location + "&status=done,dead").json()))
        .extracting(line -> line.getString("status"))
        .containsExactly("dead", "done");
    assertThat(items(log("locationId=" + location + "&status=skipped").json())).hasSize(1);
    assertThat(log("status=done,pending").status()).isEqualTo(400);
  }

  @Test
  void oneIsReplayedOrDiscardedOnce() {
    ends(location, WebhookStatus.DEAD, "c1");
    String id = web.queue.recent(location, 1).getFirst().id();

    Answer replayed = decide(id, "replay");
    Answer again = decide(id, "replay");
    Answer open = decide(id, "discard");

    assertThat(replayed.body()).isEqualTo("{\"replayed\":1}");
    assertThat(List.of(again.status(), open.status())).containsOnly(404);
    assertThat(states(location)).containsExactly(WebhookStatus.PENDING);
    endAll(WebhookStatus.DEAD);
    assertThat(decide(id, "discard").body()).isEqualTo("{\"discarded\":1}");
    assertThat(states(location)).isEmpty();
  }

  @Test
  void manyAreReplayedOrDiscardedByFilter() {
    for (String contact : List.of("c1", "c2", "c3")) {
      ends(location, WebhookStatus.DEAD, contact);
    }
    quarantined(location, "c4");

    Answer replayed = web.call("POST", "operations/webhooks/kept/replay", filter(location, "dead"));
    Answer discarded =
        web.call("POST", "operations/webhooks/kept/discard", filter(location, "quarantined"));

    assertThat(replayed.body()).isEqualTo("{\"replayed\":3,\"more\":false}");
    assertThat(discarded.body()).isEqualTo("{\"discarded\":1,\"more\":false}");
    assertThat(states(location)).hasSize(3).containsOnly(WebhookStatus.PENDING);
    endAll(WebhookStatus.DONE);
  }

  @Test
  void eventsThatNameNoLocationAreDecidedAboutToo() {
    quarantined(Envelope.NO_LOCATION, "c1");

    List<JsonObject> kept = items(web.call("GET", "operations/webhooks/kept", "").json());
    Answer discarded =
        web.call(
            "POST", "operations/webhooks/kept/" + kept.getFirst().getString("id") + "/discard", "");

    assertThat(discarded.status()).as(discarded.body()).isEqualTo(200);
    assertThat(items(web.call("GET", "operations/webhooks/kept", "").json()))
        .hasSize(kept.size() - 1);
  }

  @Test
  void whatNobodyCanMeanIsRefused() {
    for (String query :
        List.of("status=done", "status=no", "reason=x", "from=now", "limit=0", "limit=x", "x=1")) {
      assertThat(web.call("GET", "operations/webhooks/kept?" + query, "").status())
          .as(query)
          .isEqualTo(400);
    }
    assertThat(log("status=pending").status()).isEqualTo(400);
    assertThat(log("cursor=not-ours").status()).isEqualTo(400);
    for (String body :
        List.of(
            "{}",
            "{\"status\":\"\"}",
            "{\"status\":\" , \"}",
            "{\"status\":1}",
            "{\"status\":\"done\"}",
            "{\"status\":\"dead\",\"x\":1}")) {
      assertThat(web.call("POST", "operations/webhooks/kept/discard", body).status())
          .as(body)
          .isEqualTo(400);
    }
  }

  @Test
  void onlyOperatorsSeeAndDecide() {
    String token = "Bearer " + web.tokenFor(web.location);

    for (String path : List.of("log", "kept")) {
      assertThat(
              web.send("GET", "operations/webhooks/" + path, "", "Authorization", token).status())
          .isEqualTo(403);
      assertThat(web.send("GET", "operations/webhooks/" + path, "").status()).isEqualTo(401);
    }
    for (String path :
        List.of("kept/replay", "kept/discard", "kept/x/replay", "kept/x/discard", "what-if")) {
      assertThat(
              web.send("POST", "operations/webhooks/" + path, "{}", "Authorization", token)
                  .status())
          .isEqualTo(403);
    }
  }

  // ---- what if

  @Test
  void whatDeadEventsWouldChangeIsShownAndNothingIsChanged() {
    hasTheApp();
    Contact ann = storedContact("Ann");
    String id = deadChange(ann, "Bob");
    List<QueuedWebhook> before = web.queue.recent(location, 10);

    Answer named = whatIf("\"ids\":[\"" + id + "\"]");
    Answer found = whatIf("\"status\":\"dead,done\"");

    assertThat(named.status()).as(named.body()).isEqualTo(200);
    JsonObject event = named.json().getJsonArray("events").getJsonObject(0);
    assertThat(event.getString("id")).isEqualTo(id);
    assertThat(event.getString("type")).isEqualTo("ContactUpdate");
    assertThat(event.getString("status")).isEqualTo("dead");
    assertThat(event.getString("would")).isEqualTo("done");
    assertThat(event.getString("outcome")).isEqualTo("applied");
    assertThat(named.json().getJsonArray("records").getJsonObject(0).toString())
        .isEqualTo(
            "{\"kind\":\"contact\",\"id\":\""
                + ann.id()
                + "\",\"ghlId\":\""
                + ann.crmId().orElseThrow()
                + "\",\"effect\":\"changed\",\"fields\":"
                + "{\"firstName\":{\"before\":\"Ann\",\"after\":\"Bob\"}}}");
    assertThat(named.json().getJsonArray("reads")).isEmpty();
    assertThat(found.json()).isEqualTo(named.json());
    assertThat(web.queue.recent(location, 10)).isEqualTo(before);
    assertThat(web.contacts.find(location, ann.id())).contains(ann);
  }

  @Test
  void whatWouldBeReadAndWhatIsNotThereIsNamed() {
    hasTheApp();
    quarantined(location, "c1");
    QueuedWebhook event = web.queue.recent(location, 1).getFirst();
    means(event, ContactFixture.anyGhlContactId(), "Eve");

    JsonObject told = whatIf("\"ids\":[\"" + event.id() + "\",\"none\"]").json();

    assertThat(told.getJsonArray("events").getValuesAs(JsonObject.class))
        .extracting(each -> each.getString("would"))
        .containsExactly("read", "unknown");
    assertThat(told.getJsonArray("reads").getJsonObject(0).getString("what")).isEqualTo("contact");
    assertThat(told.getJsonArray("records")).isEmpty();
    assertThat(told.getBoolean("more")).isFalse();
  }

  @Test
  void whatCannotBeTriedIsRefused() {
    String tooMany =
        IntStream.rangeClosed(0, TryWebhooksUseCase.MOST)
            .mapToObj(number -> "\"id" + number + "\"")
            .collect(Collectors.joining(","));

    for (String which :
        List.of(
            "\"type\":\"ContactUpdate\"",
            "\"status\":\"\"",
            "\"status\":\"pending\"",
            "\"status\":\"dead\",\"reason\":\"no\"",
            "\"status\":\"dead\",\"x\":\"1\"",
            "\"ids\":[]",
            "\"ids\":\"x\"",
            "\"ids\":[1]",
            "\"ids\":[\"x\"],\"status\":\"dead\"",
            "\"ids\":[" + tooMany + "]")) {
      assertThat(whatIf(which).status()).as(which).isEqualTo(400);
    }
    assertThat(web.call("POST", "operations/webhooks/what-if", "[]").status()).isEqualTo(400);
  }

  @Test
  void theOutsideClockIsToldHowMuchIsDueWaitingAndDead() {
    ends(location, WebhookStatus.DEAD, "c1");
    accept(location, "c2", WebhookStatus.PENDING);
    String right = "Bearer " + web.settings.cronSecret().value();

    JsonObject told = web.send("POST", "cron/process-webhooks", "", "Authorization", right).json();

    assertThat(told.getBoolean("triggered")).isTrue();
    assertThat(told.getInt("due")).isEqualTo(1);
    assertThat(told.getInt("waiting")).isZero();
    assertThat(told.getInt("dead")).isPositive();
    endAll(WebhookStatus.DONE);
  }

  // ---- words for the tests above

  private static Answer log(String query) {
    return web.call("GET", "operations/webhooks/log?" + query, "");
  }

  private Answer decide(String id, String what) {
    return web.call(
        "POST", "operations/webhooks/kept/" + id + "/" + what + "?locationId=" + location, "");
  }

  private Answer whatIf(String which) {
    return web.call(
        "POST",
        "operations/webhooks/what-if",
        "{\"locationId\":\"" + location + "\"," + which + "}");
  }

  private void hasTheApp() {
    web.connections.save(location, ConnectionFixture.activeConnection());
  }

  private Contact storedContact(String name) {
    Contact contact =
        ContactFixture.linkedContact().in(location).with(ContactField.FIRST_NAME, name).build();
    web.contacts.save(location, contact);
    return web.contacts.find(location, contact.id()).orElseThrow();
  }

  /** An event that could not be applied, and says that a contact has another first name. */
  private String deadChange(Contact contact, String name) {
    ends(location, WebhookStatus.DEAD, "c1");
    QueuedWebhook event = web.queue.recent(location, 1).getFirst();
    means(event, contact.crmId().orElseThrow(), name);
    return event.id();
  }

  private static void means(QueuedWebhook event, GhlContactId id, String name) {
    FieldChanges said = FieldChanges.of(ContactField.FIRST_NAME.fieldName(), FieldValue.text(name));
    web.meanings.put(
        event.envelope().webhookId(),
        new WebhookEvent.ContactChanged(new CrmRecord<>(id, said, Set.of(), Instant.EPOCH)));
  }

  private static String filter(LocationId of, String status) {
    return "{\"locationId\":\"" + of + "\",\"status\":\"" + status + "\"}";
  }

  private static List<JsonObject> items(JsonObject page) {
    return page.getJsonArray("items").getValuesAs(JsonObject.class);
  }

  private static List<WebhookStatus> states(LocationId of) {
    return web.queue.recent(of, 10).stream().map(QueuedWebhook::status).toList();
  }

  private static void quarantined(LocationId of, String contact) {
    accept(of, contact, WebhookStatus.QUARANTINED);
  }

  private static void ends(LocationId of, WebhookStatus status, String contact) {
    accept(of, contact, WebhookStatus.PENDING);
    endAll(status);
  }

  private static void accept(LocationId of, String contact, WebhookStatus status) {
    WebhookFixture event = WebhookFixture.anEvent(of, contact);
    web.queue.accept(event.envelope(), event.body(), status, web.time.instant());
  }

  private static void endAll(WebhookStatus status) {
    Instant now = web.time.instant();
    for (Claim claim : web.queue.claim(now, now.plusSeconds(30), 100, Set.of())) {
      web.queue.settleAll(
          claim,
          claim.events().stream()
              .map(event -> new Settled(event, new Result.Finished(status, "over"), now))
              .toList(),
          now);
    }
  }
}
