package com.lpai.dev.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.world.Seeding;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UpsertTest extends Sandboxed {
  private static final String OPEN = "open";

  private Reply upsert(String fields) {
    return user().post("/contacts/upsert", "{\"locationId\":\"location1\"," + fields + "}");
  }

  private static JsonObject contact(Reply reply) {
    return reply.json().getJsonObject("contact");
  }

  private String existing(String fields) {
    return aContact("{\"locationId\":\"location1\"," + fields + "}");
  }

  @Test
  void anUnknownPersonIsNewAndAKnownOneIsUpdated() {
    Reply first = upsert("\"firstName\":\"Ann\",\"email\":\"ann@example.com\",\"tags\":[\"a\"]");
    Reply second = upsert("\"email\":\"ANN@example.com\",\"city\":\"Rome\",\"tags\":[\"b\"]");

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().getBoolean("new")).isTrue();
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json().getBoolean("new")).isFalse();
    assertThat(contact(second).getString("id")).isEqualTo(contact(first).getString("id"));
    assertThat(contact(second).getString("firstName")).isEqualTo("Ann");
    assertThat(contact(second).getString("city")).isEqualTo("Rome");
    assertThat(contact(second).getJsonArray("tags").toString()).isEqualTo("[\"b\"]");
    assertThat(sandbox.contactCount(LOCATION)).isEqualTo(1);
  }

  @Test
  void whoCannotBeToldFromOthersIsNewEachTime() {
    assertThat(upsert("\"firstName\":\"Ann\"").json().getBoolean("new")).isTrue();
    assertThat(upsert("\"firstName\":\"Ann\"").json().getBoolean("new")).isTrue();
  }

  @Test
  void theSecondIdentifierIsIgnoredSilentlyWhenItIsAnothers() {
    String ann = existing("\"email\":\"ann@example.com\"");
    String bob = existing("\"phone\":\"+12055550111\"");

    Reply byEmail = upsert("\"email\":\"ann@example.com\",\"phone\":\"+12055550111\"");

    assertThat(contact(byEmail).getString("id")).isEqualTo(ann);
    assertThat(contact(byEmail)).doesNotContainKey("phone");
    sandbox.control("PUT", "/sandbox/settings", "{\"uniqueBy\":\"phone,email\"}");
    Reply byPhone = upsert("\"email\":\"ann@example.com\",\"phone\":\"+12055550111\"");
    assertThat(contact(byPhone).getString("id")).isEqualTo(bob);
    assertThat(contact(byPhone)).doesNotContainKey("email");
  }

  @Test
  void genderIsDiscardedAndWhatIsUnknownRefused() {
    Reply discarded = upsert("\"gender\":\"female\"");
    Reply refused = upsert("\"createNewIfDuplicateAllowed\":\"yes\",\"foo\":1");

    assertThat(contact(discarded)).doesNotContainKey("gender");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.messages())
        .containsExactlyInAnyOrder(
            "property foo should not exist", "createNewIfDuplicateAllowed must be a boolean value");
    assertThat(user().post("/contacts/upsert", "{}").messages())
        .contains("locationId should not be empty");
  }

  @Test
  void aNewOneIsOnlyWantedWhereDuplicatesAreAllowed() {
    existing("\"email\":\"ann@example.com\"");

    Reply reply = upsert("\"email\":\"ann@example.com\",\"createNewIfDuplicateAllowed\":true");

    assertThat(reply.json().getBoolean("new")).isFalse();
  }

  @Test
  void theAppHearsOfIt() {
    sandbox.newAuthorizationCode(LOCATION);
    await().atMost(5, SECONDS).until(() -> app.webhooks().size() == 1);

    upsert("\"email\":\"ann@example.com\"");
    upsert("\"email\":\"ann@example.com\",\"city\":\"Rome\"");

    await().atMost(5, SECONDS).until(() -> app.webhooks().size() == 3);
    assertThat(app.types()).containsExactlyInAnyOrder("INSTALL", "ContactCreate", "ContactUpdate");
  }

  @Nested
  class WhereDuplicatesAreAllowed {
    private Reply upsertThere(String fields) {
      return anonymous
          .withToken(sandbox.userToken(OPEN))
          .post("/contacts/upsert", "{\"locationId\":\"open\"," + fields + "}");
    }

    @Test
    void anUpsertUpdatesUnlessANewOneIsWanted() {
      sandbox.createLocation(Seeding.of(OPEN).allowingDuplicates());
      upsertThere("\"email\":\"ann@example.com\"");

      Reply updated = upsertThere("\"email\":\"ann@example.com\"");
      Reply second =
          upsertThere("\"email\":\"ann@example.com\",\"createNewIfDuplicateAllowed\":true");

      assertThat(updated.json().getBoolean("new")).isFalse();
      assertThat(second.json().getBoolean("new")).isTrue();
      assertThat(sandbox.contactCount(OPEN)).isEqualTo(2);
    }
  }

  @Nested
  class WhatTellsContactsApart {
    private Reply create(String fields) {
      return user().post("/contacts/", "{\"locationId\":\"location1\"," + fields + "}");
    }

    @Test
    void isEmailThenPhoneUnlessItIsSetOtherwise() {
      String ann = existing("\"email\":\"ann@example.com\",\"phone\":\"+12055550111\"");
      String both = "\"email\":\"ann@example.com\",\"phone\":\"+12055550111\"";

      JsonObject meta = create(both).json().getJsonObject("meta");
      sandbox.control("PUT", "/sandbox/settings", "{\"uniqueBy\":\"phone,email\"}");
      JsonObject byPhone = create(both).json().getJsonObject("meta");
      sandbox.control("PUT", "/sandbox/settings", "{\"uniqueBy\":\"email\"}");
      Reply samePhone = create("\"phone\":\"+12055550111\"");

      assertThat(meta.getString("contactId")).isEqualTo(ann);
      assertThat(meta.getString("matchingField")).isEqualTo("email");
      assertThat(byPhone.getString("matchingField")).isEqualTo("phone");
      assertThat(samePhone.status()).isEqualTo(201);
    }

    @Test
    void theSearchForDuplicatesMayLag() {
      sandbox.control(
          "PUT", "/sandbox/settings", "{\"duplicateSearchLags\":true,\"searchLagSeconds\":20}");
      existing("\"email\":\"ann@example.com\"");
      String search = "/contacts/search/duplicate?locationId=location1&email=ann%40example.com";

      assertThat(user().get(search).json().isNull("contact")).isTrue();
      advance(Duration.ofSeconds(20));

      assertThat(user().get(search).json().isNull("contact")).isFalse();
    }
  }
}
