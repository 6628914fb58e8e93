package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Seeding;
import com.lpai.dev.sandbox.world.Settings;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactSearchTest extends Sandboxed {
  private static final String MANY = "many";

  private Reply search(String location, String more) {
    return anonymous
        .withToken(sandbox.userToken(location))
        .post("/contacts/search", "{\"locationId\":\"" + location + "\"" + more + "}");
  }

  private static List<JsonObject> contacts(Reply reply) {
    return reply.json().getJsonArray("contacts").getValuesAs(JsonObject.class);
  }

  private static List<String> names(Reply reply) {
    return contacts(reply).stream().map(it -> it.getString("firstName")).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"sort\":[{\"field\":\"dateAdded\",\"direction\":\"asc\"}]",
        ",\"sort\":[{\"field\":\"dateUpdated\",\"direction\":\"desc\"}]",
        ",\"sort\":[{\"field\":\"lastNameLowerCase\",\"direction\":\"asc\"},"
            + "{\"field\":\"email\",\"direction\":\"desc\"}]"
      })
  void searchAfterWalksThroughEverythingOnce(String sort) {
    sandbox.createLocation(Seeding.of(MANY).withContacts(1203, 7));
    List<String> seen = new ArrayList<>();
    String after = "";
    int pages = 0;

    while (true) {
      Reply page = search(MANY, ",\"pageLimit\":500" + sort + after);
      assertThat(page.json().getInt("total")).isEqualTo(1203);
      List<JsonObject> items = contacts(page);
      if (items.isEmpty()) {
        break;
      }
      pages++;
      items.forEach(it -> seen.add(it.getString("id")));
      after = ",\"searchAfter\":" + items.getLast().getJsonArray("searchAfter");
    }

    assertThat(pages).isEqualTo(3);
    assertThat(new HashSet<>(seen)).hasSize(1203).hasSameSizeAs(seen);
  }

  @Test
  void pagesAreNumberedUpToTenThousandRecords() {
    sandbox.createLocation(Seeding.of(MANY).withContacts(30, 7));

    assertThat(contacts(search(MANY, ",\"pageLimit\":20,\"page\":2"))).hasSize(10);
    assertThat(search(MANY, ",\"pageLimit\":500,\"page\":20").status()).isEqualTo(200);
    assertThat(search(MANY, ",\"pageLimit\":500,\"page\":21").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"pageLimit\":501",
        ",\"pageLimit\":0",
        ",\"pageLimit\":10,\"page\":1,\"searchAfter\":[1,\"x\"]",
        ",\"pageLimit\":10,\"searchAfter\":[1]",
        ",\"pageLimit\":10,\"foo\":1",
        ",\"pageLimit\":10,\"sort\":[{\"field\":\"shoe\",\"direction\":\"asc\"}]",
        ",\"pageLimit\":10,\"filters\":[{\"field\":\"shoe\",\"operator\":\"eq\",\"value\":1}]",
        ",\"pageLimit\":10,\"filters\":[{\"field\":\"email\",\"operator\":\"like\",\"value\":1}]"
      })
  void aWrongBodyIs422(String more) {
    assertThat(search(LOCATION, more).status()).isEqualTo(422);
  }

  @Test
  void anotherLocationIs403() {
    assertThat(
            user().post("/contacts/search", "{\"locationId\":\"other\",\"pageLimit\":1}").status())
        .isEqualTo(403);
  }

  @Test
  void anItemDiffersFromTheContact() {
    aContact("{\"locationId\":\"location1\",\"firstName\":\"Ann\",\"address1\":\"1 Main St\"}");

    JsonObject item = contacts(search(LOCATION, ",\"pageLimit\":1")).getFirst();

    assertThat(item.getString("address")).isEqualTo("1 Main St");
    assertThat(item.getString("firstNameLowerCase")).isEqualTo("ann");
    assertThat(item).doesNotContainKey("address1").containsKeys("searchAfter", "dateUpdated");
  }

  @Nested
  class Filters {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "email     | eq         | \"ANN@example.com\" | Ann",
          "email     | not_eq     | \"ann@example.com\" | Bob",
          "email     | not_exists | null                | Bob",
          "phone     | eq         | \"+12055550111\"    | Bob",
          "tags      | eq         | [\"x\"]             | Ann",
          "tags      | contains   | \"y\"               | Ann,Bob",
          "firstNameLowerCase | contains | \"bo\"       | Bob",
          "customFields.cf1   | eq | \"7\"              | Ann",
          "dateAdded | range | {\"gte\":\"2026-11-22T12:00:10Z\"} | Bob",
          "dateAdded | range | {\"lt\":1795348810000}   | Ann"
        })
    void find(String field, String operator, String value, String expected) {
      aContact(
          """
          {"locationId":"location1","firstName":"Ann","email":"ann@example.com",
           "tags":["x","y"],"customFields":[{"id":"cf1","field_value":"7"}]}""");
      advance(Duration.ofSeconds(10));
      aContact(
          """
          {"locationId":"location1","firstName":"Bob","phone":"+12055550111","tags":["yy"]}""");

      Reply reply =
          search(
              LOCATION,
              ",\"pageLimit\":9,\"sort\":[{\"field\":\"dateAdded\",\"direction\":\"asc\"}],"
                  + "\"filters\":[{\"field\":\""
                  + field
                  + "\",\"operator\":\""
                  + operator
                  + "\",\"value\":"
                  + value
                  + "}]");

      assertThat(names(reply)).containsExactly(expected.split(","));
      assertThat(reply.json().getInt("total")).isEqualTo(names(reply).size());
    }

    @Test
    void canBeGrouped() {
      aContact("{\"locationId\":\"location1\",\"firstName\":\"Ann\",\"city\":\"Rome\"}");
      aContact("{\"locationId\":\"location1\",\"firstName\":\"Bob\",\"city\":\"Oslo\"}");
      aContact("{\"locationId\":\"location1\",\"firstName\":\"Cy\",\"city\":\"Bonn\"}");

      Reply reply =
          search(
              LOCATION,
              """
              ,"pageLimit":9,"filters":[{"group":"OR","filters":[
                {"field":"city","operator":"eq","value":"Rome"},
                {"field":"city","operator":"eq","value":"Oslo"}]}]""");

      assertThat(names(reply)).containsExactlyInAnyOrder("Ann", "Bob");
    }

    @Test
    void queryLooksIntoNameEmailAndPhone() {
      aContact("{\"locationId\":\"location1\",\"firstName\":\"Ann\",\"email\":\"z@q.org\"}");

      assertThat(names(search(LOCATION, ",\"pageLimit\":9,\"query\":\"Z@Q\"")))
          .containsExactly("Ann");
      assertThat(names(search(LOCATION, ",\"pageLimit\":9,\"query\":\"nobody\""))).isEmpty();
    }
  }

  @Nested
  class WithQuirks extends Sandboxed {
    @Override
    SandboxConfig config() {
      return super.config()
          .with(Settings.LOWER_CASE_NAMES_IN_SEARCH, true)
          .with(Settings.SEARCH_LAG_SECONDS, 20);
    }

    private List<JsonObject> all() {
      return contacts(
          user().post("/contacts/search", "{\"locationId\":\"location1\",\"pageLimit\":9}"));
    }

    @Test
    void theIndexMayLag() {
      String id = aContact("{\"locationId\":\"location1\",\"firstName\":\"Ann\"}");
      assertThat(all()).isEmpty();
      advance(Duration.ofSeconds(20));
      assertThat(all()).hasSize(1);

      user().delete("/contacts/" + id);

      assertThat(all()).hasSize(1);
      advance(Duration.ofSeconds(20));
      assertThat(all()).isEmpty();
    }

    @Test
    void namesMayBeInLowerCaseOnly() {
      aContact("{\"locationId\":\"location1\",\"firstName\":\"Ann\"}");
      advance(Duration.ofSeconds(20));

      assertThat(all().getFirst()).doesNotContainKey("firstName");
      assertThat(all().getFirst().get("firstNameLowerCase")).isEqualTo(JsonText.string("ann"));
    }
  }
}
