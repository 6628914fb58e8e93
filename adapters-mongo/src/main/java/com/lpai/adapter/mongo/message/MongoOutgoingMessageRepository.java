package com.lpai.adapter.mongo.message;

import com.lpai.adapter.mongo.mirror.ContactReferences;
import com.lpai.adapter.mongo.mirror.MongoAboutContactRepository;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.OutgoingMessage;
import com.lpai.domain.conversation.OutgoingMessageField;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.conversation.OutgoingMessageQuery;
import com.lpai.domain.conversation.OutgoingMessageRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.ArrayList;
import java.util.List;
import org.bson.conversions.Bson;

/** Messages that are sent from here, in the collection {@code outgoing_messages}. */
public final class MongoOutgoingMessageRepository
    extends MongoAboutContactRepository<OutgoingMessageId, GhlMessageId, OutgoingMessage>
    implements OutgoingMessageRepository {
  public MongoOutgoingMessageRepository(TenantCollection messages) {
    super(
        messages, new OutgoingMessageForm(), OutgoingMessageField.GHL_CONTACT_ID.key(), List.of());
  }

  @Override
  public Page<OutgoingMessage> list(LocationId locationId, OutgoingMessageQuery query) {
    List<Bson> filters = new ArrayList<>(inPhases(query.phases()));
    filters.addAll(equal(ContactReferences.CONTACT_ID, query.contactId()));
    return list(locationId, filters, query.cursor(), query.limit());
  }
}
