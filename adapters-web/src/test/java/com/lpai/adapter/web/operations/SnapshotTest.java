package com.lpai.adapter.web.operations;

import static com.lpai.adapter.web.json.Provider.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final JsonObject CALM = JSON.createObjectBuilder().add("alerts", 0).build();
  private static final JsonObject ALARM = JSON.createObjectBuilder().add("alerts", 1).build();

  private static JsonObject location(String id, int contacts) {
    return JSON.createObjectBuilder().add("id", id).add("contacts", contacts).build();
  }

  private static final Snapshot BEFORE =
      new Snapshot(7, CALM, Map.of("a", location("a", 1), "b", location("b", 1)));

  @Test
  void whatIsTheSameIsNoNewState() {
    Snapshot again = new Snapshot(0, CALM, Map.of("b", location("b", 1), "a", location("a", 1)));

    assertThat(again.after(BEFORE)).isSameAs(BEFORE);
  }

  @Test
  void onlyTheDifferencesAreTold() {
    Snapshot next =
        new Snapshot(0, ALARM, Map.of("b", location("b", 1), "c", location("c", 5))).after(BEFORE);

    assertThat(next.number()).isEqualTo(8);
    assertThat(next.continues(BEFORE)).isTrue();
    assertThat(next.changesSince(BEFORE))
        .isEqualTo("{\"alerts\":1,\"changed\":[{\"id\":\"c\",\"contacts\":5}],\"gone\":[\"a\"]}");
  }

  @Test
  void afterAnOutageEverythingIsToldAgain() {
    Snapshot outage = Snapshot.unavailable("away").after(BEFORE);

    assertThat(outage.whole()).isEqualTo("{\"unavailable\":\"away\",\"locations\":[]}");
    assertThat(outage.continues(BEFORE)).isFalse();
    assertThat(BEFORE.after(outage).continues(outage)).isFalse();
    assertThat(BEFORE.after(outage).whole()).contains("\"a\"", "\"b\"");
  }
}
