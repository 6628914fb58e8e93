package com.lpai.adapter.web.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.application.reconcile.ProofUseCase;
import com.lpai.domain.reconcile.Cause;
import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.Nature;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorKind;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofApiTest {
  private static final FieldName CITY = FieldName.of("city");

  private final WebFixture web = WebFixture.start();
  private final String path = "operations/locations/" + web.location.value() + "/proof";

  @AfterEach
  void stop() {
    web.close();
  }

  private Difference differs(String crmId) {
    return Difference.suspected(
            MirrorKind.CONTACTS,
            Nature.FIELDS,
            Cause.WEBHOOK_LOST,
            "ours-" + crmId,
            crmId,
            web.time.instant())
        .seen(List.of(CITY), web.time.instant(), 1)
        .open(Cause.WEBHOOK_LOST, web.time.instant());
  }

  @Test
  void withoutAProofThereIsNothingToTellOrRepair() {
    JsonObject report = web.call("GET", path, "").json();

    assertThat(report.getString("state")).isEqualTo("none");
    assertThat(report.getJsonArray("items")).isEmpty();
    Answer repair = web.call("POST", path + "/repair", "{\"all\":true}");
    assertThat(repair.status()).isEqualTo(409);
    assertThat(repair.problem()).isEqualTo("no-report");
  }

  @Test
  void aReportTellsWhatDiffersPageByPageAndNoValue() {
    web.proofs.found(web.location, List.of(differs("a"), differs("b")));

    JsonObject first = web.call("GET", path + "?limit=1", "").json();
    JsonObject second =
        web.call("GET", path + "?limit=1&cursor=" + first.getString("nextCursor"), "").json();

    assertThat(first.getString("state")).isEqualTo("different");
    assertThat(first.getInt("different")).isEqualTo(2);
    assertThat(first.getString("provenAt")).isEqualTo(web.time.instant().toString());
    assertThat(first.getJsonArray("items").getJsonObject(0))
        .hasToString(
            "{\"id\":\"contacts:fields:a\",\"kind\":\"contacts\",\"nature\":\"fields\","
                + "\"cause\":\"webhookLost\",\"ourId\":\"ours-a\",\"ghlId\":\"a\","
                + "\"fields\":[\"city\"],\"seenAt\":\""
                + web.time.instant()
                + "\",\"stage\":\"open\",\"repair\":\"read\",\"calls\":1}");
    assertThat(second.getJsonArray("items").getJsonObject(0).getString("ghlId")).isEqualTo("b");
    assertThat(second.isNull("nextCursor")).isTrue();
  }

  @Test
  void aProofIsBegunOnceAndShownWhileItRuns() {
    Answer begun = web.call("POST", path, "");
    Answer again = web.call("POST", path, "");

    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.json().getBoolean("started")).isTrue();
    assertThat(again.json().getBoolean("started")).isFalse();
    assertThat(web.call("GET", path, "").json().getJsonObject("running").getString("state"))
        .isEqualTo("running");
    assertThat(web.call("POST", path + "/repair", "{\"all\":true}").problem())
        .isEqualTo("proof-under-way");
  }

  @Test
  void aRepairIsDryUnlessItIsSaidOtherwise() {
    web.proofs.found(web.location, List.of(differs("a"), differs("b")));

    Answer dry = web.call("POST", path + "/repair", "{\"all\":true}");
    assertThat(dry.status()).isEqualTo(200);
    assertThat(dry.json().getInt("calls")).isEqualTo(2);
    assertThat(stages()).containsExactly("open", "open");
    Answer asked =
        web.call("POST", path + "/repair", "{\"ids\":[\"contacts:fields:b\"],\"dryRun\":false}");

    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.json().getInt("count")).isOne();
    assertThat(stages()).containsExactly("open", "requested");
  }

  private List<String> stages() {
    return web
        .call("GET", path, "")
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(item -> item.getString("stage"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"ids\":[]}",
        "{\"ids\":[7]}",
        "{\"ids\":[\"a\"],\"all\":true}",
        "{\"all\":false}",
        "{\"all\":\"yes\"}",
        "{\"all\":true,\"dryRun\":1}"
      })
  void whoMeansAllSaysSo(String body) {
    web.proofs.found(web.location, List.of(differs("a")));

    assertThat(web.call("POST", path + "/repair", body).status()).isEqualTo(400);
    assertThat(stages()).containsExactly("open");
  }

  @Test
  void valuesAreToldOnRequest() {
    web.proofs.found(web.location, List.of(differs("a")));
    web.proofs.values =
        new ProofUseCase.Values.Told(
            Map.of(CITY, new ProofUseCase.Both(FieldValue.cleared(), FieldValue.text("Rome"))));

    Answer told = web.call("GET", path + "/values?difference=contacts:fields:a", "");

    assertThat(told.body()).isEqualTo("{\"fields\":{\"city\":{\"here\":null,\"there\":\"Rome\"}}}");
    assertThat(web.call("GET", path + "/values?difference=x", "").status()).isEqualTo(404);
    web.proofs.values = new ProofUseCase.Values.NotTold("away");
    assertThat(web.call("GET", path + "/values?difference=contacts:fields:a", "").status())
        .isEqualTo(503);
  }

  @Test
  void healthTellsTheLastReadingAndTheLastProof() {
    web.proofs.found(web.location, List.of());

    JsonObject told =
        web.call("GET", "locations/" + web.location.value() + "/sync-health", "")
            .json()
            .getJsonObject("reconciliation");

    assertThat(told.getJsonObject("proof").getString("state")).isEqualTo("equal");
    assertThat(told.getJsonObject("proof").getString("provenAt"))
        .isEqualTo(web.time.instant().toString());
    assertThat(told.getJsonObject("changes").getInt("repaired")).isZero();
  }

  @Test
  void theOutsideClockNeedsItsSecret() {
    web.proofs.found(web.location, List.of());

    assertThat(web.send("POST", "cron/reconcile", "", "Authorization", "Bearer x").status())
        .isEqualTo(401);
    Answer done = web.send("GET", "cron/reconcile", "", "Authorization", "Bearer cron");
    assertThat(done.status()).isEqualTo(202);
    assertThat(done.json().getInt("due")).isOne();
  }
}
