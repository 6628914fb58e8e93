package com.lpai.dev.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Seeding;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpportunitiesTest extends Sandboxed {
  private String contactId = "";
  private JsonObject pipeline = JsonText.object().build();

  @BeforeEach
  void makeContact() {
    contactId =
        aContact(
            "{\"locationId\":\"location1\",\"firstName\":\"Ann\",\"email\":\"ann@example.com\"}");
    pipeline = pipelines().getFirst();
  }

  private List<JsonObject> pipelines() {
    return user()
        .get("/opportunities/pipelines?locationId=" + LOCATION)
        .json()
        .getJsonArray("pipelines")
        .getValuesAs(JsonObject.class);
  }

  private String stage(int position) {
    return pipeline.getJsonArray("stages").getJsonObject(position).getString("id");
  }

  private Reply create(String more) {
    return user()
        .post(
            "/opportunities/",
            """
            {"locationId":"location1","name":"Roof","status":"open","pipelineId":"%s",
             "contactId":"%s"%s}"""
                .formatted(pipeline.getString("id"), contactId, more));
  }

  private static JsonObject opportunity(Reply reply) {
    return reply.json().getJsonObject("opportunity");
  }

  private String aDeal(String more) {
    return opportunity(create(more)).getString("id");
  }

  private JsonObject read(String id) {
    return opportunity(user().get("/opportunities/" + id));
  }

  private String fieldId(String key) {
    return sandbox
        .control("GET", "/sandbox/locations/location1/records/customFields", "")
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(it -> it.getString("fieldKey").equals(key))
        .map(it -> it.getString("id"))
        .findFirst()
        .orElseThrow();
  }

  @Nested
  class Writes {
    @Test
    void aNewOneIsInTheFirstStageWithItsContact() {
      Reply reply = create(",\"monetaryValue\":40");

      assertThat(reply.status()).isEqualTo(201);
      JsonObject made = opportunity(reply);
      assertThat(made.getString("pipelineStageId")).isEqualTo(stage(0));
      assertThat(made.getInt("monetaryValue")).isEqualTo(40);
      assertThat(made.getString("createdAt")).isEqualTo("2026-11-22T12:00:03.000Z");
      assertThat(made.getJsonObject("contact").getString("email")).isEqualTo("ann@example.com");
      assertThat(made).doesNotContainKey("assignedTo");
      assertThat(read(made.getString("id")).getString("name")).isEqualTo("Roof");
    }

    @Test
    void onlyWhatIsSentChanges() {
      String id = aDeal(",\"monetaryValue\":40,\"assignedTo\":\"user1\"");
      advance(Duration.ofSeconds(5));

      user().put("/opportunities/" + id, "{\"pipelineStageId\":\"" + stage(2) + "\"}");
      JsonObject moved = read(id);
      user().put("/opportunities/" + id, "{\"assignedTo\":\"\",\"status\":\"won\"}");

      assertThat(moved.getInt("monetaryValue")).isEqualTo(40);
      assertThat(moved.getString("lastStageChangeAt")).isEqualTo("2026-11-22T12:00:08.000Z");
      assertThat(moved.getString("lastStatusChangeAt")).isEqualTo("2026-11-22T12:00:03.000Z");
      assertThat(read(id)).doesNotContainKey("assignedTo");
      assertThat(read(id).getString("lastStatusChangeAt")).isEqualTo("2026-11-22T12:00:08.000Z");
    }

    @Test
    void aPipelineWithoutAStageMeansItsFirst() {
      String id = aDeal(",\"pipelineStageId\":\"" + stage(3) + "\"");
      JsonObject other = pipelines().getLast();

      user().put("/opportunities/" + id, "{\"pipelineId\":\"" + other.getString("id") + "\"}");

      assertThat(read(id).getString("pipelineStageId"))
          .isEqualTo(other.getJsonArray("stages").getJsonObject(0).getString("id"));
    }

    @Test
    void aStatusOfItsOwnNeedsNoOtherField() {
      String id = aDeal("");
      String reason =
          user()
              .get("/opportunities/lost-reason?locationId=location1&query=answer")
              .json()
              .getJsonArray("lostReasons")
              .getJsonObject(0)
              .getString("id");

      Reply reply =
          user()
              .put(
                  "/opportunities/" + id + "/status",
                  "{\"status\":\"lost\",\"lostReasonId\":\"" + reason + "\"}");

      assertThat(reply.json().getBoolean("succeded")).isTrue();
      assertThat(read(id).getString("lostReasonId")).isEqualTo(reason);
      user().put("/opportunities/" + id + "/status", "{\"status\":\"open\"}");
      assertThat(read(id)).doesNotContainKey("lostReasonId");
    }

    @Test
    void aSecondOneOfAContactInAPipelineIsRefusedWhileTheFirstIsOpen() {
      String id = aDeal("");

      Reply second = create("");

      assertThat(second.status()).isEqualTo(400);
      assertThat(second.json().getString("code")).isEqualTo("OPPORTUNITY_NO_DUPLICATE");
      assertThat(second.json().getJsonObject("meta").getString("existingId")).isEqualTo(id);
      user().put("/opportunities/" + id + "/status", "{\"status\":\"won\"}");
      assertThat(create("").status()).isEqualTo(201);
      sandbox.control("PUT", "/sandbox/settings", "{\"closedOpportunityIsDuplicate\":true}");
      user().delete("/opportunities/" + aDealOf(pipelines().getLast()));
      assertThat(create("").status()).isEqualTo(400);
    }

    private String aDealOf(JsonObject otherPipeline) {
      pipeline = otherPipeline;
      String id = aDeal("");
      pipeline = pipelines().getFirst();
      return id;
    }

    @Test
    void anUpsertUpdatesTheOneItNamesAndElseMakesOne() {
      String id = aDeal("");
      String start =
          "{\"locationId\":\"location1\",\"pipelineId\":\"" + pipeline.getString("id") + "\"";

      Reply updated =
          user().post("/opportunities/upsert", start + ",\"id\":\"" + id + "\",\"name\":\"New\"}");
      Reply made = user().post("/opportunities/upsert", start + ",\"name\":\"Other\"}");

      assertThat(updated.json().getBoolean("new")).isFalse();
      assertThat(read(id).getString("name")).isEqualTo("New");
      assertThat(made.json().getBoolean("new")).isTrue();
      assertThat(opportunity(made)).doesNotContainKey("contactId");
    }

    @Test
    void followersComeAndGo() {
      String path = "/opportunities/" + aDeal("") + "/followers";

      Reply added = user().post(path, "{\"followers\":[\"a\",\"b\",\"a\"]}");
      Reply removed = user().json("DELETE", path, "{\"followers\":[\"a\",\"x\"]}");

      assertThat(added.status()).isEqualTo(201);
      assertThat(added.json().getJsonArray("followersAdded").toString()).isEqualTo("[\"a\",\"b\"]");
      assertThat(removed.json().getJsonArray("followers").toString()).isEqualTo("[\"b\"]");
      assertThat(removed.json().getJsonArray("followersRemoved").toString()).isEqualTo("[\"a\"]");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{\"status\":\"all\"} | 422 | status must be one of",
          "{\"contactId\":\"c\"} | 422 | property contactId should not exist",
          "{\"locationId\":\"location1\"} | 422 | property locationId should not exist",
          "{\"monetaryValue\":\"4\"} | 422 | monetaryValue must be a number",
          "{\"monetaryValue\":null} | 422 | monetaryValue must be a number",
          "{\"pipelineId\":\"none\"} | 400 | The pipeline id is invalid",
          "{\"pipelineStageId\":\"none\"} | 400 | The pipeline stage id is invalid",
          "{\"customFields\":[{\"id\":\"a\",\"field_value\":7}]} | 422 | field_value must be",
          "{\"customFields\":[{\"key\":\"none\",\"field_value\":\"\"}]} | 422 | id must be",
          "{\"customFields\":[{\"id\":\"a\",\"value\":\"\"}]} | 422 | property value should not"
        })
    void aWrongUpdateIsRefused(String body, int status, String message) {
      Reply reply = user().put("/opportunities/" + aDeal(""), body);

      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.messages()).first().asString().contains(message);
    }

    @Test
    void whatIsMissingOrAnotherLocationsIsRefused() {
      sandbox.createLocation(Seeding.of("other").withContacts(1, 1).with(Kind.OPPORTUNITIES, 1));
      String foreign =
          sandbox
              .control("GET", "/sandbox/locations/other/records/opportunities", "")
              .getJsonArray("items")
              .getJsonObject(0)
              .getString("id");

      assertThat(user().get("/opportunities/" + foreign).status()).isEqualTo(403);
      assertThat(user().get("/opportunities/none").status()).isEqualTo(404);
      assertThat(user().post("/opportunities/", "{}").status()).isEqualTo(422);
      contactId = "nobody";
      assertThat(create("").messages()).first().asString().contains("contact id");
    }
  }

  @Nested
  class CustomFields {
    private String aDealWithFields() {
      return aDeal(
          """
          ,"customFields":[{"key":"quote_number","field_value":"Q-1"},
           {"key":"install_date","field_value":"2026-03-01"},
           {"key":"crew_size","field_value":"4"},
           {"key":"extras","field_value":["Warranty"]}]""");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "fieldValue | opportunity.quote_number | {'fieldValue':'Q-1'}",
          "fieldValue | opportunity.crew_size    | {'fieldValue':4}",
          "typed | opportunity.quote_number | {'type':'string','fieldValueString':'Q-1'}",
          "typed | opportunity.crew_size    | {'type':'number','fieldValueNumber':4}",
          "typed | opportunity.extras       | {'type':'array','fieldValueArray':['Warranty']}",
          "typed | opportunity.install_date | {'type':'date','fieldValueDate':1772323200000}",
          "both  | opportunity.crew_size    |"
              + " {'fieldValue':4,'type':'number','fieldValueNumber':4}"
        })
    void areReadInSeveralSpellings(String form, String key, String expected) {
      sandbox.control("PUT", "/sandbox/settings", "{\"opportunityFieldForm\":\"" + form + "\"}");
      String id = fieldId(key);

      JsonObject field =
          read(aDealWithFields())
              .getJsonArray("customFields")
              .getValuesAs(JsonObject.class)
              .stream()
              .filter(it -> it.getString("id").equals(id))
              .findFirst()
              .orElseThrow();

      assertThat(JsonText.object(field).remove("id").build().toString())
          .isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void areWrittenOneByOne() {
      String id = aDealWithFields();

      user()
          .put(
              "/opportunities/" + id,
              """
              {"customFields":[{"id":"%s","field_value":"Q-2"},
               {"key":"extras","field_value":[]},{"key":"crew_size","field_value":""}]}"""
                  .formatted(fieldId("opportunity.quote_number")));

      assertThat(read(id).getJsonArray("customFields").toString())
          .contains("Q-2", "2026-03-01")
          .doesNotContain("Warranty", fieldId("opportunity.crew_size"));
    }
  }

  @Nested
  class Events {
    private void install() {
      assertThat(sandbox.newAuthorizationCode(LOCATION)).isNotEmpty();
      receive(1);
    }

    private void receive(int count) {
      await().atMost(5, SECONDS).until(() -> app.webhooks().size() >= count);
    }

    @Test
    void oneChangeIsSeveral() {
      install();
      app.forget();

      String id = aDeal("");
      receive(2);

      assertThat(app.types()).containsExactlyInAnyOrder("OpportunityCreate", "OpportunityUpdate");
      JsonObject event = app.webhooks().getFirst().json();
      assertThat(event.getString("id")).isEqualTo(id);
      assertThat(event.getString("dateAdded")).isEqualTo("2026-11-22T12:00:03.000Z");
      assertThat(event).doesNotContainKeys("customFields", "updatedAt", "assignedTo", "contact");
      app.forget();
      user()
          .put(
              "/opportunities/" + id,
              """
              {"status":"won","pipelineStageId":"%s","monetaryValue":5,"assignedTo":"u"}"""
                  .formatted(stage(1)));
      receive(5);
      assertThat(app.types())
          .containsExactlyInAnyOrder(
              "OpportunityUpdate",
              "OpportunityStatusUpdate",
              "OpportunityStageUpdate",
              "OpportunityMonetaryValueUpdate",
              "OpportunityAssignedToUpdate");
      app.forget();
      user().put("/opportunities/" + id, "{\"status\":\"won\"}");
      user().delete("/opportunities/" + id);
      receive(2);
      assertThat(app.types()).containsExactlyInAnyOrder("OpportunityDelete", "OpportunityUpdate");
    }

    @Test
    void nobodyMayBeNamedByNull() {
      install();
      app.forget();
      sandbox.control("PUT", "/sandbox/settings", "{\"webhookNamesNobody\":true}");

      aDeal("");
      receive(2);

      assertThat(app.webhooks())
          .allSatisfy(it -> assertThat(it.json().isNull("assignedTo")).isTrue());
    }
  }

  @Test
  void pipelinesHaveTheirStagesAndChangeByHand() {
    String path = "/sandbox/locations/location1/records/pipelines/" + pipeline.getString("id");

    sandbox.control("PUT", path, "{\"name\":\"Renamed\"}");

    assertThat(pipelines()).hasSize(2);
    assertThat(pipelines().getFirst().getString("name")).isEqualTo("Renamed");
    assertThat(pipelines().getFirst().getJsonArray("stages")).hasSize(5);
    assertThat(anonymous.delete(path).status()).isEqualTo(204);
    assertThat(pipelines()).hasSize(1);
    assertThat(user().get("/opportunities/pipelines").status()).isEqualTo(422);
    assertThat(user().get("/opportunities/pipelines?locationId=other").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"records/shoes", "records/contacts?limit=0", "records/contacts?limit=x"})
  void theExportSaysMistakes(String target) {
    assertThat(anonymous.get("/sandbox/locations/location1/" + target).status()).isEqualTo(400);
  }

  @Test
  void theExportHasEachRecordAsItsGetShowsIt() {
    String id = aDeal(",\"monetaryValue\":40");
    String path = "/sandbox/locations/location1/records/";

    JsonObject deals = sandbox.control("GET", path + "opportunities", "");
    JsonObject contacts = sandbox.control("GET", path + "contacts?limit=1", "");

    assertThat(deals.getInt("total")).isEqualTo(1);
    assertThat(deals.getJsonArray("items").getJsonObject(0)).isEqualTo(read(id));
    JsonObject contact = contacts.getJsonArray("items").getJsonObject(0);
    assertThat(contact)
        .isEqualTo(user().get("/contacts/" + contactId).json().getJsonObject("contact"));
    assertThat(
            sandbox
                .control("GET", path + "contacts?after=" + contacts.getString("after"), "")
                .getJsonArray("items"))
        .isEmpty();
    assertThat(Set.of(contact.getString("id"))).containsExactly(contactId);
  }
}
