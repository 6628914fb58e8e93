package com.lpai.adapter.mongo.message;

import com.lpai.adapter.mongo.mirror.ContactReferences;
import com.lpai.adapter.mongo.mirror.MongoMirrorRepository;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.OutgoingMessage;
import com.lpai.domain.conversation.OutgoingMessageField;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.conversation.OutgoingMessageQuery;
import com.lpai.domain.conversation.OutgoingMessageRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.conversions.Bson;

/** Messages that are sent from here, in the collection {@code outgoing_messages}. */
public final class MongoOutgoingMessageRepository
    extends MongoMirrorRepository<OutgoingMessageId, GhlMessageId, OutgoingMessage>
    implements OutgoingMessageRepository {
  public MongoOutgoingMessageRepository(TenantCollection messages) {
    super(messages, new OutgoingMessageForm());
  }

  @Override
  public Page<OutgoingMessage> list(LocationId locationId, OutgoingMessageQuery query) {
    List<Bson> filters = new ArrayList<>(inPhases(query.phases()));
    filters.addAll(equal(ContactReferences.CONTACT_ID, query.contactId()));
    return list(locationId, filters, query.cursor(), query.limit());
  }

  @Override
  public List<OutgoingMessage> findWithoutContact(
      LocationId locationId, Collection<GhlContactId> named) {
    return list(
            locationId,
            ContactReferences.missing(OutgoingMessageField.GHL_CONTACT_ID.key(), named),
            "",
            Page.LARGEST)
        .items();
  }

  @Override
  public List<OutgoingMessage> findAbout(LocationId locationId, ContactId contact) {
    return list(
            locationId,
            List.of(Filters.eq(ContactReferences.CONTACT_ID, contact.value())),
            "",
            Page.LARGEST)
        .items();
  }

  @Override
  public List<OutgoingMessage> findBlockedAbout(LocationId locationId, ContactId contact) {
    return inPhase(
        locationId, SyncPhase.BLOCKED, Filters.eq(ContactReferences.CONTACT_ID, contact.value()));
  }
}
