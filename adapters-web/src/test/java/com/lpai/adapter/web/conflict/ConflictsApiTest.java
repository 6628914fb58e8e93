package com.lpai.adapter.web.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactFixture;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.ConflictRule;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.Origin;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConflictsApiTest {
  private static final FieldName EMAIL = ContactField.EMAIL.fieldName();

  private final WebFixture web = WebFixture.start();
  private final String conflicts = "operations/locations/" + web.location + "/conflicts";
  private final String policy = "operations/locations/" + web.location + "/conflict-policy";

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void bothValuesAreShownWithWhatIsSo() {
    Contact asked = conflict("ours@x.com", "theirs@x.com", ConflictRule.ASK);

    JsonObject conflict = only(conflicts);

    assertThat(conflict.getString("id")).startsWith("contacts." + asked.id() + ".");
    assertThat(conflict.getString("kind")).isEqualTo("contacts");
    assertThat(conflict.getString("recordId")).isEqualTo(asked.id().value());
    assertThat(conflict.getString("name")).isEqualTo("Ada Lovelace");
    assertThat(conflict.getString("field")).isEqualTo("email");
    assertThat(conflict.getString("state")).isEqualTo("open");
    assertThat(conflict.getString("base")).isEqualTo("base@x.com");
    assertThat(conflict.getString("ours")).isEqualTo("ours@x.com");
    assertThat(conflict.getString("theirs")).isEqualTo("theirs@x.com");
    assertThat(conflict.getString("present")).isEqualTo("ours@x.com");
    assertThat(conflict.getBoolean("canBeChosen")).isTrue();
  }

  @Test
  void aLongValueIsCut() {
    conflict("x".repeat(5_000), "theirs@x.com", ConflictRule.ASK);

    assertThat(only(conflicts).getString("ours")).hasSizeLessThan(1_000).endsWith("x…");
  }

  @Test
  void oneChoiceSettlesIt() {
    Contact asked = conflict("ours@x.com", "theirs@x.com", ConflictRule.ASK);

    Answer chosen = choose(only(conflicts).getString("id"), "theirs");

    assertThat(chosen.status()).as(chosen.body()).isEqualTo(200);
    assertThat(chosen.json().getString("state")).isEqualTo("resolved");
    assertThat(chosen.json().getJsonObject("resolvedBy").getString("origin")).isEqualTo("user");
    assertThat(stored(asked).email()).isEqualTo("theirs@x.com");
    assertThat(items(conflicts)).isEmpty();
    assertThat(items(conflicts + "?state=resolved")).hasSize(1);
    assertThat(choose(chosen.json().getString("id"), "theirs").status()).isEqualTo(200);
  }

  @Test
  void aLateChoiceIsRefusedWithWhatIsThereNow() {
    Contact contact = conflict("ours@x.com", "theirs@x.com", ConflictRule.OURS);
    String id = only(conflicts).getString("id");
    web.call(
        "PATCH",
        "locations/" + web.location + "/contacts/" + contact.id(),
        "{\"email\":\"newer@x.com\"}");

    Answer late = choose(id, "theirs");

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.problem()).isEqualTo("changed-meanwhile");
    assertThat(late.header("Content-Type")).startsWith("application/problem+json");
    assertThat(late.json().getJsonObject("conflict").getString("present")).isEqualTo("newer@x.com");
    assertThat(stored(contact).email()).isEqualTo("newer@x.com");
  }

  @Test
  void aFieldIsSettledInAllRecords() {
    Contact one = conflict("a@x.com", "theirs@x.com", ConflictRule.ASK);
    Contact other = conflict("b@x.com", "theirs@x.com", ConflictRule.ASK);

    Answer all =
        web.call(
            "POST", conflicts, "{\"kind\":\"contacts\",\"field\":\"email\",\"choose\":\"theirs\"}");

    assertThat(all.body()).isEqualTo("{\"chosen\":2,\"left\":0,\"nextCursor\":null}");
    assertThat(stored(one).email()).isEqualTo("theirs@x.com");
    assertThat(stored(other).email()).isEqualTo("theirs@x.com");
  }

  @Test
  void whatDoesNotExistIsRefusedLikeATypo() {
    for (String wrong :
        List.of("?kind=users", "?state=closed", "?limit=0", "?fields=email", "?cursor=x")) {
      assertThat(web.call("GET", conflicts + wrong, "").problem()).isEqualTo("invalid-value");
    }
    assertThat(choose("contacts.x.1-ZW1haWw", "ours").status()).isEqualTo(404);
    assertThat(choose("x", "mine").problem()).isEqualTo("invalid-value");
    assertThat(web.call("POST", conflicts, "{\"choose\":\"ours\"}").problem())
        .isEqualTo("invalid-value");
    assertThat(web.call("POST", conflicts + "/x", "{\"side\":\"ours\"}").problem())
        .isEqualTo("unknown-property");
  }

  @Test
  void thePolicyIsReplacedAsAWhole() {
    String rules =
        "{\"default\":\"newest\",\"contacts\":{\"default\":\"theirs\",\"fields\":{\"email\":\"ask\","
            + "\"tags/vip\":\"ours\"}},\"projects\":{\"fields\":{}},\"appointments\":{\"fields\":{}}}";

    assertThat(web.call("PUT", policy, rules).body()).isEqualTo(rules);
    assertThat(web.call("GET", policy, "").body()).isEqualTo(rules);
    assertThat(web.call("PUT", policy, "{}").json().getString("default")).isEqualTo("ours");
  }

  @Test
  void aPolicyOfUnknownFieldsIsRefusedWithThoseThatExist() {
    Answer refused = web.call("PUT", policy, "{\"contacts\":{\"fields\":{\"emial\":\"ask\"}}}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().getString("detail"))
        .startsWith("contacts.fields.emial: There is no such field")
        .contains("email")
        .contains("customFields");
    assertThat(web.call("PUT", policy, "{\"default\":\"mine\"}").problem())
        .isEqualTo("invalid-value");
    assertThat(web.call("PUT", policy, "{\"contacts\":[]}").problem()).isEqualTo("invalid-value");
    assertThat(web.call("PUT", policy, "{\"users\":{}}").problem()).isEqualTo("unknown-property");
  }

  @Test
  void aFrontendSeesTheConflictsOfItsLocationAndDecidesNothing() {
    conflict("ours@x.com", "theirs@x.com", ConflictRule.ASK);
    String bearer = "Bearer " + web.tokenFor(web.location);

    Answer seen =
        web.send("GET", "locations/" + web.location + "/conflicts", "", "Authorization", bearer);

    assertThat(seen.json().getJsonArray("items")).hasSize(1);
    assertThat(web.send("GET", conflicts, "", "Authorization", bearer).status()).isEqualTo(403);
    assertThat(
            web.send(
                    "GET",
                    "locations/" + web.otherLocation + "/conflicts",
                    "",
                    "Authorization",
                    bearer)
                .status())
        .isEqualTo(404);
  }

  @Test
  void whoWroteEachValueIsTold() {
    Contact contact = conflict("ours@x.com", "theirs@x.com", ConflictRule.ASK);

    JsonObject fields =
        web.call(
                "GET",
                "locations/" + web.location + "/contacts/" + contact.id() + "/provenance",
                "")
            .json()
            .getJsonObject("fields");

    assertThat(fields.getJsonObject("email").toString())
        .isEqualTo(
            "{\"origin\":\"user\",\"subject\":\"somebody\",\"at\":\"" + web.time.instant() + "\"}");
    assertThat(fields.getJsonObject("firstName").toString()).isEqualTo("{\"origin\":\"unknown\"}");
  }

  @Test
  void aPersonsSubjectIsNoted() {
    Answer made =
        web.send(
            "POST",
            "locations/" + web.location + "/contacts",
            "{\"firstName\":\"Ada\"}",
            "Authorization",
            "Bearer " + web.tokenFor(web.location));

    JsonObject fields =
        web.call(
                "GET",
                "locations/"
                    + web.location
                    + "/contacts/"
                    + made.json().getString("id")
                    + "/provenance",
                "")
            .json()
            .getJsonObject("fields");

    assertThat(fields.getJsonObject("firstName").getString("subject")).isEqualTo("frontend");
  }

  /** A contact that was changed on both sides, and by which rule that was taken. */
  private Contact conflict(String ours, String theirs, ConflictRule rule) {
    Contact contact =
        ContactFixture.linkedContact()
            .withId(web.contacts.nextId())
            .in(web.location)
            .withName("Ada", "Lovelace")
            .withEmail("base@x.com")
            .build();
    CrmRecord<GhlContactId> said =
        new CrmRecord<>(contact.crmId().orElseThrow(), email(theirs), Set.of(), Instant.EPOCH);
    Contact edited = contact.edited(email(ours), MirrorFixture.SOMEBODY, web.time.instant());
    return web.save(
        edited.merged(said, edited.trace(), field -> rule, Origin.WEBHOOK, web.time.instant()));
  }

  private static FieldChanges email(String value) {
    return FieldChanges.of(EMAIL, FieldValue.text(value));
  }

  private Contact stored(Contact contact) {
    return web.contacts.find(web.location, contact.id()).orElseThrow();
  }

  private Answer choose(String id, String side) {
    return web.call("POST", conflicts + "/" + id, "{\"choose\":\"" + side + "\"}");
  }

  private List<JsonObject> items(String path) {
    Answer answer = web.call("GET", path, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  private JsonObject only(String path) {
    assertThat(items(path)).hasSize(1);
    return items(path).getFirst();
  }
}
