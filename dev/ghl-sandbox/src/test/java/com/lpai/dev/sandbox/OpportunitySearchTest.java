package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Seeding;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpportunitySearchTest extends Sandboxed {
  private static final String MANY = "many";
  private static final int DEALS = 203;

  @BeforeEach
  void makeDeals() {
    sandbox.createLocation(Seeding.of(MANY).withContacts(DEALS, 7).with(Kind.OPPORTUNITIES, DEALS));
  }

  private Client person() {
    return anonymous.withToken(sandbox.userToken(MANY));
  }

  private Reply get(String more) {
    return person().get("/opportunities/search?location_id=" + MANY + more);
  }

  private Reply post(String more) {
    return person().post("/opportunities/search", "{\"locationId\":\"" + MANY + "\"" + more + "}");
  }

  private static List<JsonObject> deals(Reply reply) {
    return reply.json().getJsonArray("opportunities").getValuesAs(JsonObject.class);
  }

  private static List<String> ids(Reply reply) {
    return deals(reply).stream().map(it -> it.getString("id")).toList();
  }

  @Nested
  class ByParameters {
    private List<String> walk(String more, boolean withTime, boolean withId) {
      List<String> seen = new ArrayList<>();
      String after = "";
      for (int page = 0; page < 50; page++) {
        Reply reply = get(more + after);
        List<String> items = ids(reply);
        if (items.isEmpty()) {
          break;
        }
        seen.addAll(items);
        JsonObject meta = reply.json().getJsonObject("meta");
        assertThat(meta.getInt("total")).isEqualTo(DEALS);
        JsonNumber time = meta.getJsonNumber("startAfter");
        after =
            (withTime ? "&startAfter=" + time : "")
                + (withId ? "&startAfterId=" + meta.getString("startAfterId") : "");
      }
      return seen;
    }

    @ParameterizedTest
    @ValueSource(strings = {"&limit=60", "&limit=60&order=added_asc"})
    void bothCursorsWalkThroughEverythingOnce(String order) {
      assertThat(new HashSet<>(walk(order, true, true))).hasSize(DEALS);
      assertThat(walk(order, true, true)).hasSize(DEALS);
    }

    @Test
    void oneCursorAloneRepeatsOrSkips() {
      assertThat(new HashSet<>(walk("&limit=10", false, true))).hasSize(10);
      assertThat(new HashSet<>(walk("&limit=10", true, false))).hasSizeLessThan(DEALS);
    }

    @Test
    void theLinkToTheNextPageLeadsNowhere() {
      JsonObject meta = get("&page=2").json().getJsonObject("meta");

      assertThat(meta.getString("nextPageUrl")).startsWith("http://localhost:5066/");
      assertThat(meta.getInt("currentPage")).isEqualTo(2);
      assertThat(meta.getInt("nextPage")).isEqualTo(3);
      assertThat(meta.getInt("prevPage")).isEqualTo(1);
      assertThat(get("&page=11").json().getJsonObject("meta"))
          .doesNotContainKeys("nextPage", "nextPageUrl");
    }

    @Test
    void theFiltersHaveSnakeCaseNames() {
      JsonObject deal = deals(get("&limit=1")).getFirst();

      assertThat(ids(get("&contact_id=" + deal.getString("contactId"))))
          .containsExactly(deal.getString("id"));
      assertThat(ids(get("&id=" + deal.getString("id")))).containsExactly(deal.getString("id"));
      assertThat(deals(get("&status=won")))
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it.getString("status")).isEqualTo("won"));
      assertThat(deals(get("&pipeline_id=" + deal.getString("pipelineId"))))
          .allSatisfy(
              it -> assertThat(it.getString("pipelineId")).isEqualTo(deal.getString("pipelineId")));
      assertThat(deals(get("&country=US"))).isNotEmpty();
      assertThat(deals(get("&country=IT&status=all"))).isEmpty();
      assertThat(deals(get("&campaignId=x"))).isEmpty();
      assertThat(deals(get("&q=roof")))
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it.getString("name")).containsIgnoringCase("roof"));
    }

    @Test
    void daysAreThoseOfTheLocation() {
      JsonObject deal = deals(get("&limit=1")).getFirst();
      LocalDate day =
          Instant.parse(deal.getString("createdAt"))
              .atZone(ZoneId.of("America/Chicago"))
              .toLocalDate();

      assertThat(ids(get(between(day, day)))).contains(deal.getString("id"));
      assertThat(ids(get(between(day.minusDays(9), day.minusDays(1)))))
          .doesNotContain(deal.getString("id"));
      assertThat(ids(get(between(day.plusDays(1), day.plusDays(9)))))
          .doesNotContain(deal.getString("id"));
    }

    private static String between(LocalDate from, LocalDate to) {
      DateTimeFormatter form = DateTimeFormatter.ofPattern("MM-dd-uuuu");
      return "&date=" + form.format(from) + "&endDate=" + form.format(to);
    }

    @Test
    void detailsAreThereWhenAskedFor() {
      assertThat(deals(get("&limit=1&getNotes=true&getTasks=true")).getFirst())
          .containsKeys("notes", "tasks")
          .doesNotContainKey("calendarEvents");
    }

    @ParameterizedTest
    @CsvSource({
      "locationId=many, 422",
      "limit=101, 422",
      "limit=x, 422",
      "status=closed, 422",
      "date=2025-03-01, 422",
      "startAfter=x, 422",
      "order=name, 422",
      "page=101&limit=100, 400"
    })
    void aWrongParameterIsRefused(String parameter, int status) {
      assertThat(get("&" + parameter).status()).isEqualTo(status);
    }

    @Test
    void theLocationIsRequired() {
      assertThat(person().get("/opportunities/search").status()).isEqualTo(422);
      assertThat(person().get("/opportunities/search?location_id=location1").status())
          .isEqualTo(403);
    }
  }

  @Nested
  class ByBody {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          ",\"sort\":[{\"field\":\"date_added\",\"direction\":\"asc\"}]",
          ",\"sort\":[{\"field\":\"date_updated\",\"direction\":\"asc\"}]",
          ",\"sort\":[{\"field\":\"monetary_value\",\"direction\":\"desc\"}]",
          ",\"sort\":[{\"field\":\"name\",\"direction\":\"asc\"},"
              + "{\"field\":\"last_status_change_date\",\"direction\":\"desc\"}]"
        })
    void searchAfterWalksThroughEverythingOnce(String sort) {
      List<String> seen = new ArrayList<>();
      String after = "";
      while (true) {
        List<JsonObject> items = deals(post(",\"limit\":100" + sort + after));
        if (items.isEmpty()) {
          break;
        }
        items.forEach(it -> seen.add(it.getString("id")));
        after = ",\"searchAfter\":" + items.getLast().getJsonArray("sort");
      }

      assertThat(new HashSet<>(seen)).hasSize(DEALS);
      assertThat(seen).hasSize(DEALS);
    }

    @Test
    void theCursorMayBeWrittenAsTexts() {
      List<JsonObject> first = deals(post(",\"limit\":2"));
      String cursor =
          "[\"%s\",\"%s\"]"
              .formatted(
                  first.getFirst().getJsonArray("sort").get(0), first.getFirst().getString("id"));

      assertThat(ids(post(",\"limit\":1,\"searchAfter\":" + cursor)))
          .containsExactly(first.getLast().getString("id"));
    }

    @Test
    void theCursorMayHaveTheOtherName() {
      sandbox.control("PUT", "/sandbox/settings", "{\"opportunityCursor\":\"searchAfter\"}");

      assertThat(deals(post(",\"limit\":1")).getFirst())
          .containsKey("searchAfter")
          .doesNotContainKey("sort");
    }

    @Test
    void aDeltaIsARangeOfTimes() {
      String newest =
          deals(post(",\"limit\":1,\"sort\":[{\"field\":\"date_updated\",\"direction\":\"desc\"}]"))
              .getFirst()
              .getString("updatedAt");

      Reply delta =
          post(
              """
              ,"limit":10,"filters":[{"field":"date_updated","operator":"range",
               "value":{"gte":"%s"}}]"""
                  .formatted(newest));

      assertThat(delta.json().getInt("total")).isEqualTo(1);
      assertThat(deals(delta).getFirst().getString("updatedAt")).isEqualTo(newest);
    }

    @Test
    void filtersKnowCustomFields() {
      List<JsonObject> deals = deals(post(",\"limit\":100"));
      JsonObject field =
          deals.stream()
              .flatMap(it -> it.getJsonArray("customFields").getValuesAs(JsonObject.class).stream())
              .filter(it -> it.getString("fieldValue", "").startsWith("Q-"))
              .findFirst()
              .orElseThrow();

      Reply found =
          post(
              """
              ,"limit":10,"filters":[{"field":"custom_fields.%s","operator":"eq","value":"%s"},
               {"field":"status","operator":"not_eq","value":"none"}]"""
                  .formatted(field.getString("id"), field.getString("fieldValue")));

      assertThat(deals(found)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "\"page\":1 | 422",
          "\"limit\":501 | 422",
          "\"limit\":10,\"page\":1,\"searchAfter\":[1,\"x\"] | 422",
          "\"limit\":10,\"pageLimit\":1 | 422",
          "\"limit\":10,\"filters\":[{\"field\":\"pipelineId\",\"operator\":\"eq\",\"value\":1}]"
              + " | 422",
          "\"limit\":10,\"additionalDetails\":{\"foo\":true} | 422",
          "\"limit\":10,\"additionalDetails\":[] | 422",
          "\"limit\":500,\"page\":21 | 400"
        })
    void aWrongBodyIsRefused(String more, int status) {
      assertThat(post("," + more).status()).isEqualTo(status);
    }
  }

  @Test
  void whatWasWrittenAMomentAgoIsFoundLater() {
    sandbox.control("PUT", "/sandbox/settings", "{\"searchLagSeconds\":10}");
    String id = ids(post(",\"limit\":1")).getFirst();

    person().put("/opportunities/" + id, "{\"name\":\"Brand new\"}");

    assertThat(deals(get("&q=brand"))).isEmpty();
    assertThat(person().get("/opportunities/" + id).json().getJsonObject("opportunity"))
        .containsEntry("name", JsonText.string("Brand new"));
    advance(Duration.ofSeconds(10));
    assertThat(ids(get("&q=brand"))).containsExactly(id);
  }
}
