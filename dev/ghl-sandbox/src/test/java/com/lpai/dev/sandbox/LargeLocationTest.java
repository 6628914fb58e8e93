package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Seeding;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A tenth of the largest location of the product's tests, read as a client reads it. */
class LargeLocationTest extends Sandboxed {
  private static final String LARGE = "large";
  private static final Seeding SEEDING =
      Seeding.of(LARGE)
          .withContacts(10_000, 42)
          .with(Kind.OPPORTUNITIES, 4000)
          .with(Kind.CALENDARS, 60)
          .with(Kind.APPOINTMENTS, 2000)
          .with(Kind.CONVERSATIONS, 500)
          .with(Kind.MESSAGES, 5000);

  private Client client(String version) {
    return anonymous.withToken(sandbox.userToken(LARGE)).withVersion(version);
  }

  private static List<JsonObject> items(JsonArray array) {
    return array.getValuesAs(JsonObject.class);
  }

  private List<JsonObject> exported(Kind kind) {
    List<JsonObject> all = new ArrayList<>();
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      JsonObject page =
          sandbox.control(
              "GET",
              "/sandbox/locations/large/records/" + kind.plural() + "?after=" + after.get(),
              "");
      all.addAll(items(page.getJsonArray("items")));
      after = Optional.ofNullable(page.getString("after", null));
    }
    return all;
  }

  private static List<String> ids(List<JsonObject> items) {
    return items.stream().map(it -> it.getString("id")).toList();
  }

  private List<JsonObject> searched(String path, String body, String list, String cursor) {
    List<JsonObject> all = new ArrayList<>();
    String after = "";
    while (true) {
      List<JsonObject> page =
          items(
              client("2021-07-28")
                  .post(path, "{\"locationId\":\"large\"," + body + after + "}")
                  .json()
                  .getJsonArray(list));
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(page);
      after = ",\"searchAfter\":" + page.getLast().getJsonArray(cursor);
    }
  }

  @Test
  void everythingCanBeRead() {
    sandbox.createLocation(SEEDING);

    assertThat(
            ids(
                searched(
                    "/contacts/search",
                    "\"pageLimit\":500,\"sort\":[{\"field\":\"dateUpdated\",\"direction\":\"asc\"}]",
                    "contacts",
                    "searchAfter")))
        .hasSize(10_000)
        .containsExactlyInAnyOrderElementsOf(ids(exported(Kind.CONTACTS)));
    List<JsonObject> deals =
        searched("/opportunities/search", "\"limit\":500", "opportunities", "sort");
    assertThat(deals).hasSize(4000);
    assertThat(ids(deals)).containsExactlyInAnyOrderElementsOf(ids(exported(Kind.OPPORTUNITIES)));
    assertThat(each(Kind.CALENDARS, this::events))
        .containsExactlyInAnyOrderElementsOf(exported(Kind.APPOINTMENTS))
        .hasSize(2000);
    assertThat(each(Kind.CONVERSATIONS, this::messages))
        .containsExactlyInAnyOrderElementsOf(exported(Kind.MESSAGES))
        .hasSize(5000);
  }

  private List<JsonObject> each(Kind kind, Function<String, List<JsonObject>> read) {
    return exported(kind).stream().flatMap(it -> read.apply(it.getString("id")).stream()).toList();
  }

  private List<JsonObject> events(String calendarId) {
    return items(
        client("2021-04-15")
            .get(
                "/calendars/events?locationId=large&startTime=0&endTime=1900000000000&calendarId="
                    + calendarId)
            .json()
            .getJsonArray("events"));
  }

  private List<JsonObject> messages(String conversationId) {
    return items(
        client("2021-04-15")
            .get("/conversations/" + conversationId + "/messages?limit=100")
            .json()
            .getJsonObject("messages")
            .getJsonArray("messages"));
  }

  @Test
  void theSameSeedGivesTheSameOfEverything() {
    sandbox.createLocation(SEEDING);

    try (GhlSandbox other = GhlSandbox.start(config())) {
      other.createLocation(SEEDING);
      for (Kind kind : Kind.values()) {
        String path = "/sandbox/locations/large/records/" + kind.plural() + "?limit=10000";
        assertThat(other.control("GET", path, ""))
            .as(kind.plural())
            .isEqualTo(sandbox.control("GET", path, ""));
      }
    }
  }
}
