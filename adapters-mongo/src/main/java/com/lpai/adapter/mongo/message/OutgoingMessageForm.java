package com.lpai.adapter.mongo.message;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.mirror.ContactReferences;
import com.lpai.adapter.mongo.mirror.MirrorForm;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.OutgoingMessage;
import com.lpai.domain.conversation.OutgoingMessageField;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.MirrorState;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;

/** A message's document holds to whom it goes beside its fields. */
final class OutgoingMessageForm
    implements MirrorForm<OutgoingMessageId, GhlMessageId, OutgoingMessage> {
  @Override
  public String kind() {
    return "outgoing message";
  }

  @Override
  public String crmIdField() {
    return "ghlMessageId";
  }

  @Override
  public FieldTable table() {
    return OutgoingMessageField.TABLE;
  }

  @Override
  public Function<String, OutgoingMessageId> ids() {
    return OutgoingMessageId::new;
  }

  @Override
  public Function<String, GhlMessageId> crmIds() {
    return GhlMessageId::new;
  }

  @Override
  public OutgoingMessage record(
      MirrorState<OutgoingMessageId, GhlMessageId> state, StoredDocument stored) {
    return new OutgoingMessage(state, ContactReferences.read(stored));
  }

  @Override
  public void writeOwnParts(OutgoingMessage message, Document document) {
    ContactReferences.write(message.contact(), document);
  }

  @Override
  public List<String> ownParts() {
    return List.of(ContactReferences.CONTACT_ID);
  }
}
