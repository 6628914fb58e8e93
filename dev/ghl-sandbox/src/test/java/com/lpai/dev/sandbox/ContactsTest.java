package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.world.Seeding;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactsTest extends Sandboxed {
  private static final String ANN =
      """
      {"locationId":"location1","firstName":"Ann","lastName":"Lee","email":" Ann@Example.COM ",
       "phone":"(205) 555-0199","tags":["a","b","a"],"companyName":"Lee Ltd",
       "dateOfBirth":"09/25/1990","address1":"1 Main St",
       "customFields":[{"id":"cf1","field_value":"x"},{"id":"cf2","field_value":7}]}""";

  private JsonObject read(String id) {
    return user().get("/contacts/" + id).json().getJsonObject("contact");
  }

  private static List<String> tags(JsonObject holder) {
    return holder.getJsonArray("tags").getValuesAs(JsonString.class).stream()
        .map(JsonString::getString)
        .toList();
  }

  @Nested
  class Create {
    @Test
    void storesWhatWasSentInNormalForm() {
      Reply reply = user().post("/contacts/", ANN);

      assertThat(reply.status()).isEqualTo(201);
      JsonObject contact = reply.json().getJsonObject("contact");
      assertThat(contact.getString("email")).isEqualTo("ann@example.com");
      assertThat(contact.getString("phone")).isEqualTo("+12055550199");
      assertThat(contact.getString("dateOfBirth")).isEqualTo("1990-09-25");
      assertThat(read(contact.getString("id")).getString("name")).isEqualTo("Ann Lee");
      assertThat(contact.getString("fullNameLowerCase")).isEqualTo("ann lee");
      assertThat(contact.getString("companyName")).isEqualTo("Lee Ltd");
      assertThat(contact.getString("dateAdded")).isEqualTo("2026-11-22T12:00:03.000Z");
      assertThat(tags(contact)).containsExactly("a", "b");
      assertThat(contact.getJsonArray("customFields").getJsonObject(1).getInt("value"))
          .isEqualTo(7);
      assertThat(contact).doesNotContainKey("assignedTo").doesNotContainKey("locationIds");
    }

    @Test
    void unknownPropertiesAndWrongTypesAreListed() {
      Reply reply =
          user()
              .post(
                  "/contacts/",
                  """
                  {"locationId":"location1","foo":1,"firstName":5,"email":"nope","dnd":"yes",
                   "tags":"a","phone":"12","postalCode":null,"country":"usa",
                   "dndSettings":{"Fax":{"status":"active"},"SMS":{"status":"on"}},
                   "customFields":[{"value":"x"}]}""");

      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.json().getString("error")).isEqualTo("Unprocessable Entity");
      assertThat(reply.messages())
          .contains(
              "property foo should not exist",
              "firstName must be a string",
              "email must be an email",
              "dnd must be a boolean value",
              "tags must be an array",
              "phone must be a valid phone number",
              "postalCode must be a string",
              "dndSettings.property Fax should not exist",
              "customFields.0.property value should not exist",
              "customFields.0.id must be a string");
    }

    @Test
    void unknownQueryPropertiesAreRefused() {
      Reply reply = user().post("/contacts/?locationId=location1", ANN);

      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.messages()).containsExactly("property locationId should not exist");
    }

    @Test
    void locationIdIsRequired() {
      assertThat(user().post("/contacts/", "{}").messages())
          .contains("locationId must be a string");
    }

    @Test
    void brokenJsonIs400() {
      assertThat(user().post("/contacts/", "{").status()).isEqualTo(400);
    }

    @Test
    void aKnownEmailOrPhoneIsRefusedWithTheContactThatHasIt() {
      String id = aContact(ANN);

      Reply byEmail =
          user().post("/contacts/", "{\"locationId\":\"location1\",\"email\":\"ANN@example.com\"}");
      Reply byPhone =
          user().post("/contacts/", "{\"locationId\":\"location1\",\"phone\":\"+12055550199\"}");

      assertThat(byEmail.status()).isEqualTo(400);
      assertThat(byEmail.messages())
          .containsExactly("This location does not allow duplicated contacts.");
      JsonObject meta = byEmail.json().getJsonObject("meta");
      assertThat(meta.getString("contactId")).isEqualTo(id);
      assertThat(meta.getString("contactName")).isEqualTo("Ann Lee");
      assertThat(meta.getString("matchingField")).isEqualTo("email");
      assertThat(byPhone.json().getJsonObject("meta").getString("matchingField"))
          .isEqualTo("phone");
    }

    @Test
    void aLocationMayAllowDuplicates() {
      sandbox.createLocation(Seeding.of("open").allowingDuplicates());
      Client person = anonymous.withToken(sandbox.userToken("open"));
      String body = "{\"locationId\":\"open\",\"email\":\"a@b.co\"}";

      assertThat(person.post("/contacts/", body).status()).isEqualTo(201);
      assertThat(person.post("/contacts/", body).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
      "205-555-0100, +12055550100",
      "1 205 555 0100, +12055550100",
      "+44 20 7946 0958, +442079460958"
    })
    void phonesAreStoredAsE164(String given, String stored) {
      String id = aContact("{\"locationId\":\"location1\",\"phone\":\"" + given + "\"}");

      assertThat(read(id).getString("phone")).isEqualTo(stored);
    }

    @Test
    void aFullNameIsSplit() {
      String id = aContact("{\"locationId\":\"location1\",\"name\":\"Ann van Dyke\"}");

      assertThat(read(id).getString("firstName")).isEqualTo("Ann");
      assertThat(read(id).getString("lastName")).isEqualTo("van Dyke");
    }
  }

  @Nested
  class Update {
    @Test
    void changesOnlyWhatIsSent() {
      String id = aContact(ANN);
      advance(Duration.ofMinutes(1));

      Reply reply = user().put("/contacts/" + id, "{\"firstName\":\"Anna\"}");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().getBoolean("succeded")).isTrue();
      JsonObject contact = read(id);
      assertThat(contact.getString("firstName")).isEqualTo("Anna");
      assertThat(contact.getString("name")).isEqualTo("Anna Lee");
      assertThat(contact.getString("email")).isEqualTo("ann@example.com");
      assertThat(contact.getString("dateAdded")).isEqualTo("2026-11-22T12:00:03.000Z");
      assertThat(contact.getString("dateUpdated")).isEqualTo("2026-11-22T12:01:03.000Z");
    }

    @Test
    void nullClears() {
      String id = aContact(ANN);

      user().put("/contacts/" + id, "{\"email\":null,\"address1\":null,\"assignedTo\":null}");

      assertThat(read(id))
          .doesNotContainKey("email")
          .doesNotContainKey("emailLowerCase")
          .doesNotContainKey("address1");
    }

    @Test
    void customFieldsAndChannelsAreMergedTagsAreReplaced() {
      String id = aContact(ANN);
      user().put("/contacts/" + id, "{\"dndSettings\":{\"SMS\":{\"status\":\"active\"}}}");

      user()
          .put(
              "/contacts/" + id,
              """
              {"customFields":[{"id":"cf1","field_value":""},{"id":"cf3","field_value":["p","q"]}],
               "dndSettings":{"Call":{"status":"inactive"}},"tags":["c"]}""");

      JsonObject contact = read(id);
      assertThat(contact.getJsonArray("customFields").getValuesAs(JsonObject.class))
          .extracting(item -> item.getString("id"))
          .containsExactly("cf2", "cf3");
      assertThat(contact.getJsonObject("dndSettings")).containsOnlyKeys("SMS", "Call");
      assertThat(tags(contact)).containsExactly("c");
    }

    @ParameterizedTest
    @CsvSource({"gender,male", "locationId,location1", "companyName,Lee Ltd", "foo,bar"})
    void whatTheSchemaDoesNotNameIsRefused(String name, String value) {
      String id = aContact(ANN);

      Reply reply = user().put("/contacts/" + id, "{\"" + name + "\":\"" + value + "\"}");

      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.messages()).containsExactly("property " + name + " should not exist");
    }

    @Test
    void anotherContactsEmailIsRefused() {
      aContact(ANN);
      String id = aContact("{\"locationId\":\"location1\",\"email\":\"b@example.com\"}");

      Reply reply = user().put("/contacts/" + id, "{\"email\":\"ann@example.com\"}");

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.json()).containsKey("meta");
    }
  }

  @Nested
  class ReadAndDelete {
    @Test
    void anUnknownContactIs404() {
      for (Reply reply :
          List.of(
              user().get("/contacts/none"),
              user().put("/contacts/none", "{}"),
              user().delete("/contacts/none"))) {
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.messages()).containsExactly("Contact with id none not found");
      }
    }

    @Test
    void aContactOfAnotherLocationIs403() {
      sandbox.createLocation(Seeding.of("other"));
      Client other = anonymous.withToken(sandbox.userToken("other"));
      String id = aContact(ANN);

      assertThat(other.get("/contacts/" + id).status()).isEqualTo(403);
      assertThat(other.put("/contacts/" + id, "{\"city\":\"X\"}").status()).isEqualTo(403);
      assertThat(other.delete("/contacts/" + id).status()).isEqualTo(403);
    }

    @Test
    void aDeletedContactIsGone() {
      String id = aContact(ANN);

      Reply reply = user().delete("/contacts/" + id);

      assertThat(reply.json().getBoolean("succeded")).isTrue();
      assertThat(user().get("/contacts/" + id).status()).isEqualTo(404);
      assertThat(sandbox.contactCount(LOCATION)).isZero();
    }
  }

  @Nested
  class Tags {
    @Test
    void areAddedAndRemovedOneByOne() {
      String id = aContact(ANN);

      Reply added = user().post("/contacts/" + id + "/tags", "{\"tags\":[\"c\",\"a\"]}");
      Reply removed =
          user().json("DELETE", "/contacts/" + id + "/tags", "{\"tags\":[\"a\",\"x\"]}");

      assertThat(added.status()).isEqualTo(201);
      assertThat(tags(added.json())).containsExactly("a", "b", "c");
      assertThat(removed.status()).isEqualTo(200);
      assertThat(tags(removed.json())).containsExactly("b", "c");
    }

    @Test
    void mustBeAListOfText() {
      String id = aContact(ANN);

      assertThat(user().post("/contacts/" + id + "/tags", "{}").messages())
          .containsExactly("tags must be an array");
      assertThat(user().post("/contacts/" + id + "/tags", "{\"tags\":[1]}").messages())
          .containsExactly("each value in tags must be a string");
      assertThat(user().post("/contacts/" + id + "/tags", "{\"x\":1}").messages())
          .containsExactly("property x should not exist");
    }
  }

  @Nested
  class Duplicates {
    @Test
    void emailComesBeforePhone() {
      String ann = aContact(ANN);
      String bob = aContact("{\"locationId\":\"location1\",\"phone\":\"+12055550111\"}");
      String path = "/contacts/search/duplicate?locationId=location1";

      Reply both = user().get(path + "&email=ann%40Example.com&number=%2B12055550111");
      Reply phone = user().get(path + "&number=%2B12055550111");
      Reply none = user().get(path + "&email=no%40example.com");

      assertThat(both.json().getJsonObject("contact").getString("id")).isEqualTo(ann);
      assertThat(phone.json().getJsonObject("contact").getString("id")).isEqualTo(bob);
      assertThat(none.status()).isEqualTo(200);
      assertThat(none.json().isNull("contact")).isTrue();
    }

    @Test
    void locationIsRequired() {
      assertThat(user().get("/contacts/search/duplicate?email=a").status()).isEqualTo(422);
    }
  }
}
