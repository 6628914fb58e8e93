package com.lpai.adapter.mongo.copy;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A copy that another version stored in words of its own is copied anew, and hinders nothing. */
class UnreadableCopiesTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final DirectoryRepository<CustomField> fields = DATABASE.adapter().customFields();
  private final ConversationRepository conversations = DATABASE.adapter().conversations();
  private final LocationId location = TenantFixture.anyLocation();
  private MongoClient client;

  @BeforeEach
  void open() {
    client = DATABASE.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void itIsOverwrittenWithAllThatItHeld() {
    fields.replaceAll(location, List.of(field("1"), field("2")));
    change("custom_fields", "ghlCustomFieldId", "1", Updates.set("model", "quote"));
    change("custom_fields", "ghlCustomFieldId", "1", Updates.set("fieldKey", 7));

    assertThat(fields.replaceAll(location, List.of(field("1"), field("2")))).isEqualTo(1);

    assertThat(fields.list(location)).containsExactly(field("1"), field("2"));
    assertThat(fields.replaceAll(location, List.of(field("1"), field("2")))).isZero();
  }

  @Test
  void itIsRemovedWhenTheCrmHasItNoLonger() {
    fields.replaceAll(location, List.of(field("1"), field("2")));
    change("custom_fields", "ghlCustomFieldId", "1", Updates.set("model", "quote"));

    assertThat(fields.replaceAll(location, List.of(field("2")))).isEqualTo(1);

    assertThat(fields.list(location)).containsExactly(field("2"));
  }

  @Test
  void onePageOfConversationsIsStoredOverIt() {
    Conversation talk =
        new Conversation(new GhlConversationId("t1"), "", "", 0, false, "", START, "", "");
    conversations.saveAll(location, List.of(talk));
    change("conversations", "ghlConversationId", "t1", Updates.set("starred", "very"));

    assertThat(conversations.saveAll(location, List.of(talk))).isEqualTo(1);

    assertThat(conversations.find(location, talk.id())).contains(talk);
  }

  private static CustomField field(String id) {
    return new CustomField(
        new GhlCustomFieldId(id), CustomField.Model.CONTACT, id, "", "TEXT", 0, List.of());
  }

  private void change(String collection, String idField, String id, Bson change) {
    Bson one = Filters.and(Filters.eq("locationId", location.value()), Filters.eq(idField, id));
    Document before =
        client.getDatabase("lpai").getCollection(collection).findOneAndUpdate(one, change);
    assertThat(before).isNotNull();
  }
}
