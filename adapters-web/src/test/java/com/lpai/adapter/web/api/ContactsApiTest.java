package com.lpai.adapter.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactsApiTest {
  private static WebFixture web;
  private static String contacts;

  private String ada;

  @BeforeAll
  static void start() {
    web = WebFixture.start();
    contacts = "locations/" + web.location + "/contacts";
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  @BeforeEach
  void createAda() {
    ada =
        create(
                """
                {"firstName":"Ada","lastName":"Lovelace","email":"Ada@Example.com",
                 "tags":["VIP","math"],"dnd":false,"dateOfBirth":"1815-12-10",
                 "customFields":[{"id":"size","value":"M"},{"id":"likes","value":["tea","cake"]}],
                 "dndSettings":{"SMS":{"status":"active","message":"stop"}}}
                """)
            .getString("id");
  }

  private JsonObject create(String body) {
    Answer answer = web.call("POST", contacts, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private Answer patch(String body, String... headers) {
    return web.call("PATCH", contacts + "/" + ada, body, headers);
  }

  @Test
  void aCreatedContactIsShownWithItsValuesAndSyncState() {
    Answer answer = web.call("GET", contacts + "/" + ada, "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).matches("\"[\\w-]+\"");
    assertThat(answer.json().getString("fullName")).isEqualTo("Ada Lovelace");
    assertThat(answer.json().getString("email")).isEqualTo("ada@example.com");
    assertThat(answer.json().getString("dateOfBirth")).isEqualTo("1815-12-10");
    assertThat(answer.json().getBoolean("dnd")).isFalse();
    assertThat(answer.json().getJsonArray("tags").toString()).isEqualTo("[\"math\",\"vip\"]");
    assertThat(answer.json().getJsonArray("customFields").toString())
        .isEqualTo(
            "[{\"id\":\"likes\",\"value\":[\"tea\",\"cake\"]},{\"id\":\"size\",\"value\":\"M\"}]");
    assertThat(answer.json().getJsonObject("dndSettings").toString())
        .isEqualTo("{\"SMS\":{\"message\":\"stop\",\"status\":\"active\"}}");
    assertThat(answer.json().getJsonObject("sync").getString("state")).isEqualTo("pending");
    assertThat(answer.json()).doesNotContainKeys("ghlContactId", "phone", "conflicts");
  }

  @Test
  void aCreateAnswersWhereTheContactIs() {
    Answer answer = web.call("POST", contacts, "{\"firstName\":\"Grace\"}");

    assertThat(answer.header("Location"))
        .endsWith("/api/" + contacts + "/" + answer.json().getString("id"));
    assertThat(answer.header("ETag")).matches("\"[\\w-]+\"");
  }

  private static String tag(String id) {
    return web.call("GET", contacts + "/" + id, "").header("ETag");
  }

  @Nested
  class Patch {
    @Test
    void absentIsLeftAloneNullClearsAndAValueReplaces() {
      JsonObject after = patch("{\"lastName\":null,\"firstName\":\"Augusta\"}").json();

      assertThat(after.getString("firstName")).isEqualTo("Augusta");
      assertThat(after).doesNotContainKey("lastName");
      assertThat(after.getString("email")).isEqualTo("ada@example.com");
    }

    @Test
    void anArrayOfTagsIsTheWholeSet() {
      JsonObject after = patch("{\"tags\":[\"vip\",\"poet\"]}").json();

      assertThat(after.getJsonArray("tags").toString()).isEqualTo("[\"poet\",\"vip\"]");
    }

    @Test
    void customFieldsAreMergedByIdAndNullRemovesOne() {
      JsonObject after =
          patch(
                  "{\"customFields\":[{\"id\":\"size\",\"value\":null},{\"id\":\"age\",\"value\":36.50}]}")
              .json();

      assertThat(after.getJsonArray("customFields").toString())
          .isEqualTo(
              "[{\"id\":\"age\",\"value\":36.5},{\"id\":\"likes\",\"value\":[\"tea\",\"cake\"]}]");
    }

    @Test
    void aChannelIsMergedLikeAnyObjectOfAMergePatch() {
      JsonObject after =
          patch(
                  "{\"dndSettings\":{\"SMS\":{\"status\":\"inactive\"},\"Email\":{\"status\":\"active\"}}}")
              .json();

      assertThat(after.getJsonObject("dndSettings").toString())
          .isEqualTo(
              "{\"Email\":{\"status\":\"active\"},\"SMS\":{\"message\":\"stop\",\"status\":\"inactive\"}}");
    }

    @Test
    void aMergePatchMayBeCalledSo() {
      Answer answer =
          patch("{\"city\":\"London\"}", "Content-Type", "application/merge-patch+json");

      assertThat(answer.json().getString("city")).isEqualTo("London");
      assertThat(answer.header("ETag")).isEqualTo(tag(ada));
    }

    @Test
    void aStaleTagIsRefusedAndNothingChanges() {
      String before = tag(ada);
      patch("{\"city\":\"London\"}");

      Answer answer = patch("{\"city\":\"Paris\"}", "If-Match", before);
      Answer deletion = web.call("DELETE", contacts + "/" + ada, "", "If-Match", before);

      assertThat(answer.status()).isEqualTo(412);
      assertThat(answer.problem()).isEqualTo("changed-meanwhile");
      assertThat(deletion.status()).isEqualTo(412);
      assertThat(web.call("GET", contacts + "/" + ada, "").json().getString("city"))
          .isEqualTo("London");
    }

    @Test
    void whatTheBackgroundStoresMeanwhileIsNoObstacle() {
      String before = tag(ada);
      Contact stored = web.contacts.find(web.location, new ContactId(ada)).orElseThrow();
      web.save(stored.withSync(stored.sync().deferred(web.time.instant(), "slow", true)));

      assertThat(patch("{\"city\":\"Paris\"}", "If-Match", before).status()).isEqualTo(200);
    }

    @Test
    void weakUnknownAndMalformedTagsDoNotMatch() {
      for (String tag : List.of("W/" + tag(ada), "nonsense", "\"1\"", ",")) {
        assertThat(patch("{\"city\":\"Paris\"}", "If-Match", tag).status()).as(tag).isEqualTo(412);
      }
    }

    @Test
    void thePresentTagMatchesAloneInAListOrAsAStar() {
      assertThat(patch("{\"city\":\"Paris\"}", "If-Match", tag(ada)).status()).isEqualTo(200);
      assertThat(patch("{\"city\":\"Rome\"}", "If-Match", "\"x\", " + tag(ada)).status())
          .isEqualTo(200);
      assertThat(patch("{\"city\":\"Oslo\"}", "If-Match", "*").status()).isEqualTo(200);
      assertThat(web.call("DELETE", contacts + "/" + ada, "", "If-Match", tag(ada)).status())
          .isEqualTo(204);
    }
  }

  @Nested
  class Refusals {
    @Test
    void unknownPropertiesAreNamed() {
      Answer answer = patch("{\"firstName\":\"A\",\"fistName\":\"B\",\"shoeSize\":42}");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
      assertThat(answer.problem()).isEqualTo("unknown-property");
      assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
          .extracting(error -> error.getString("field"))
          .containsExactly("fistName", "shoeSize");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\0',
        value = {
          "firstName | {\"firstName\":7}",
          "dnd | {\"dnd\":\"yes\"}",
          "dateOfBirth | {\"dateOfBirth\":\"10.12.1815\"}",
          "dateOfBirth | {\"dateOfBirth\":\"-999999999-01-01\"}",
          "email | {\"email\":\"nobody\"}",
          "country | {\"country\":\"England\"}",
          "type | {\"type\":\"lead\"}",
          "id | {\"id\":\"x\"}",
          "sync | {\"sync\":{}}",
          "tags | {\"tags\":\"vip\"}",
          "tags | {\"tags\":[\"\"]}",
          "tags | {\"tags\":[7]}",
          "customFields | {\"customFields\":{\"a\":1}}",
          "customFields | {\"customFields\":[{\"id\":\"a\"}]}",
          "customFields | {\"customFields\":[{\"id\":7,\"value\":1}]}",
          "customFields/a | {\"customFields\":[{\"id\":\"a\",\"value\":1},{\"id\":\"a\",\"value\":2}]}",
          "customFields | {\"customFields\":[{\"id\":\"a\",\"value\":1e999999}]}",
          "dndSettings | {\"dndSettings\":[]}",
          "dndSettings/Fax | {\"dndSettings\":{\"Fax\":{\"status\":\"active\"}}}",
          "dndSettings/SMS | {\"dndSettings\":{\"SMS\":{\"status\":\"maybe\"}}}",
          "firstName | {\"firstName\":\"a\\u0000b\"}",
          "firstName | {\"firstName\":\"\\ud800\"}",
        })
    void aWrongValueIsRefusedByTheNameOfItsField(String field, String body) {
      Answer answer = patch(body);

      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
          .isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "not json",
          "[]",
          "\"text\"",
          "{\"firstName\":\"A\"} {}",
          "{\"firstName\":\"A\",\"firstName\":\"B\"}",
          "{\"firstName\":",
          "7"
        })
    void whatIsNotOneObjectIsRefused(String body) {
      Answer answer = patch(body);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.problem()).isEqualTo("malformed-request");
    }

    @Test
    void anEmptyBodyIsRefused() {
      assertThat(web.call("POST", contacts, "", "Content-Type", "application/json").status())
          .isEqualTo(400);
    }

    @Test
    void deepNestingIsRefused() {
      String deep = "[".repeat(100_000) + "]".repeat(100_000);

      assertThat(patch("{\"tags\":" + deep + "}").status()).isEqualTo(400);
    }

    @Test
    void aBodyOfMoreThanOneMebibyteIsRefused() {
      Answer answer = patch("{\"firstName\":\"" + "a".repeat(1 << 20) + "\"}");

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.problem()).isEqualTo("too-large");
    }

    @Test
    void aContactNeedsSomethingToKnowItBy() {
      assertThat(web.call("POST", contacts, "{\"city\":\"Rome\"}").status()).isEqualTo(400);
    }

    @Test
    void formsAreNotAccepted() {
      Answer answer = patch("a=b", "Content-Type", "application/x-www-form-urlencoded");

      assertThat(answer.status()).isEqualTo(415);
      assertThat(answer.problem()).isEqualTo("unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "limit=0",
          "limit=201",
          "limit=many",
          "syncState=lost",
          "seach=ada",
          "limit=1&limit=2"
        })
    void aQueryThatMeansNothingIsRefused(String query) {
      Answer answer = web.call("GET", contacts + "?" + query, "");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
          .isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "%20", "a%00b", "%F0%9F%92%A9"})
    void anUnknownContactIsNotFound(String id) {
      for (String method : new String[] {"GET", "DELETE", "PATCH"}) {
        Answer answer = web.call(method, contacts + "/" + id, method.equals("PATCH") ? "{}" : "");

        assertThat(answer.status()).as(method).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
      }
    }
  }

  @Test
  void aDeletedContactIsGoneAtOnce() {
    assertThat(web.call("DELETE", contacts + "/" + ada, "").status()).isEqualTo(204);

    assertThat(web.call("GET", contacts + "/" + ada, "").status()).isEqualTo(404);
    assertThat(web.call("DELETE", contacts + "/" + ada, "").status()).isEqualTo(404);
  }

  @Test
  void aRetryIsAccepted() {
    assertThat(web.call("POST", contacts + "/" + ada + "/retry", "").status()).isEqualTo(202);
  }

  @Test
  void aListGoesPageByPageToItsEnd() {
    String unique = "Page" + System.nanoTime();
    for (int i = 0; i < 5; i++) {
      create("{\"firstName\":\"" + unique + "\"}");
    }

    JsonObject first = web.call("GET", contacts + "?limit=3&search=" + unique, "").json();
    JsonObject second =
        web.call(
                "GET",
                contacts + "?limit=3&search=" + unique + "&cursor=" + first.getString("nextCursor"),
                "")
            .json();

    assertThat(first.getJsonArray("items")).hasSize(3);
    assertThat(second.getJsonArray("items")).hasSize(2);
    assertThat(second.isNull("nextCursor")).isTrue();
  }

  @Test
  void aListIsFilteredByMailTagAndState() {
    assertThat(items("email=ADA@example.com&tag=Vip&syncState=pending,failed")).isPositive();
    assertThat(items("email=ADA@example.com&syncState=failed")).isZero();
  }

  private static int items(String query) {
    return web.call("GET", contacts + "?" + query, "").json().getJsonArray("items").size();
  }
}
