package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.openapi.Answers;
import com.lpai.dev.sandbox.openapi.Complaint;
import com.lpai.dev.sandbox.openapi.Deviation;
import com.lpai.dev.sandbox.openapi.Deviation.Side;
import com.lpai.dev.sandbox.openapi.OpenApi;
import com.lpai.dev.sandbox.openapi.SharedFolder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds the answers and the taken requests against GoHighLevel's own OpenAPI files. */
class OpenApiTest extends Sandboxed {
  private static final List<Long> SEEDS = List.of(0L, 1L, 2L, 3L, 4L);

  static final String EVERYTHING =
      """
      {"locationId":"location1","firstName":"Ann","lastName":"Lee","email":"ann@example.com",
       "phone":"+12055550199","address1":"1 Main St","city":"Rome","state":"AL",
       "postalCode":"35061","website":"https://example.com","timezone":"America/Chicago",
       "dnd":true,"dndSettings":{"SMS":{"status":"active","message":"m","code":"c"}},
       "inboundDndSettings":{"all":{"status":"inactive"}},"tags":["a"],
       "customFields":[{"id":"cf1","key":"k","field_value":"v"}],"source":"public api",
       "dateOfBirth":"1990-09-25","country":"US","companyName":"Lee Ltd",
       "assignedTo":"y0BeYjuRIlDwsDcOHOJo","gender":"female","name":"Ann Lee"}""";

  @Test
  void everyAnswerIsAsDocumentedButForTheKnownDeviations() {
    Answers documented =
        Answers.documented(
            SharedFolder.required(),
            "contacts",
            "opportunities",
            "calendars",
            "conversations",
            "users",
            "locations",
            "oauth");
    Set<Complaint> complaints = new LinkedHashSet<>();
    for (long seed : SEEDS) {
      complaints.addAll(EveryAnswer.complaints(documented, seed));
    }

    assertThat(Deviation.unexplained(Side.ANSWER, complaints)).isEmpty();
    assertThat(Deviation.explaining(Side.ANSWER, complaints))
        .as("no deviation is in the table in vain")
        .isEqualTo(Deviation.of(Side.ANSWER));
  }

  @Test
  void theReadmeListsTheDeviations() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    List<String> listed =
        readme
            .substring(readme.indexOf("## Deviations"), readme.indexOf("## How it is made"))
            .lines()
            .filter(line -> line.startsWith("| request |") || line.startsWith("| answer |"))
            .toList();
    assertThat(listed).isEqualTo(Deviation.ALL.stream().map(Deviation::row).toList());
  }

  @Test
  void createAndUpdateTakeExactlyTheSchemasProperties() {
    OpenApi api = OpenApi.area(SharedFolder.required(), "contacts");
    JsonObject all =
        JsonText.parse(EVERYTHING.getBytes(StandardCharsets.UTF_8)).orElseThrow().asJsonObject();
    Set<String> create = api.schema("CreateContactDto").getJsonObject("properties").keySet();
    Set<String> update = api.schema("UpdateContactDto").getJsonObject("properties").keySet();
    Set<String> upsert = api.schema("UpsertContactDto").getJsonObject("properties").keySet();
    String id = aContact("{\"locationId\":\"location1\",\"firstName\":\"Bob\"}");

    assertThat(all.keySet()).isEqualTo(create);
    assertThat(user().post("/contacts/", all.toString()).status()).isEqualTo(201);
    JsonObject more = JsonText.object(all).add("createNewIfDuplicateAllowed", true).build();
    assertThat(more.keySet()).isEqualTo(upsert);
    assertThat(user().post("/contacts/upsert", more.toString()).status()).isEqualTo(200);
    for (String name : create) {
      JsonObjectBuilder body =
          JsonText.object().add(name, all.getOrDefault(name, JsonText.string("")));
      Reply reply = user().put("/contacts/" + id, body.build().toString());
      boolean refused = reply.text().contains("property " + name + " should not exist");
      assertThat(refused).as(name).isEqualTo(!update.contains(name));
    }
  }

  @Test
  void nullIsTakenExactlyWhereTheSchemaSaysSo() {
    JsonObject properties =
        OpenApi.area(SharedFolder.required(), "contacts")
            .schema("UpdateContactDto")
            .getJsonObject("properties");
    String id = aContact("{\"locationId\":\"location1\",\"firstName\":\"Bob\"}");

    properties.forEach(
        (name, schema) -> {
          Reply reply = user().put("/contacts/" + id, "{\"" + name + "\":null}");
          boolean nullable = schema.asJsonObject().getBoolean("nullable", false);
          assertThat(reply.status()).as(name).isEqualTo(nullable ? 200 : 422);
        });
  }
}
