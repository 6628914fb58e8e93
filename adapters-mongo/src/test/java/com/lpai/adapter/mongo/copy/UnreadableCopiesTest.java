package com.lpai.adapter.mongo.copy;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A copy that another version stored in words of its own is copied anew, and hinders nothing. */
class UnreadableCopiesTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private enum Size {
    SMALL,
    LARGE
  }

  private record Thing(String id, Size size, String color) {}

  private static final class ThingForm implements CopyForm<Thing> {
    @Override
    public String kind() {
      return "thing";
    }

    @Override
    public String idField() {
      return "ghlUserId";
    }

    @Override
    public String id(Thing thing) {
      return thing.id();
    }

    @Override
    public Document toDocument(Thing thing) {
      return new Sparse()
          .text("color", thing.color())
          .document()
          .append("size", StoredDocument.word(thing.size()));
    }

    @Override
    public Thing toDomain(StoredDocument stored) {
      return new Thing(
          stored.text(idField()), stored.word("size", Size.class), stored.textOrEmpty("color"));
    }
  }

  private static final Thing ONE = new Thing("1", Size.SMALL, "");
  private static final Thing TWO = new Thing("2", Size.LARGE, "red");

  private final LocationId location = TenantFixture.anyLocation();
  private MongoClient client;
  private TenantCollection stored;
  private Copies<Thing> things;

  @BeforeEach
  void storedByAnotherVersion() {
    client = DATABASE.client();
    stored = new Collections(client.getDatabase("lpai")).ofTenants(Collections.USERS);
    things = new Copies<>(stored, new ThingForm());
    things.saveAll(location, List.of(ONE, TWO));
    stored.update(
        location,
        Filters.eq("ghlUserId", "1"),
        Updates.combine(Updates.set("size", "huge"), Updates.set("color", 7)));
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void itIsOverwrittenWithAllThatItHeld() {
    assertThat(things.replaceAll(location, List.of(ONE, TWO))).isEqualTo(1);

    assertThat(things.list(location, "size")).containsExactly(TWO, ONE);
    assertThat(things.replaceAll(location, List.of(ONE, TWO))).isZero();
  }

  @Test
  void itIsOverwrittenByAPage() {
    assertThat(things.saveAll(location, List.of(ONE))).isEqualTo(1);

    assertThat(things.find(location, "1")).isEqualTo(Optional.of(ONE));
  }

  @Test
  void itIsRemovedWhenTheCrmHasItNoLonger() {
    assertThat(things.replaceAll(location, List.of(TWO))).isEqualTo(1);

    assertThat(things.list(location, "size")).containsExactly(TWO);
  }
}
