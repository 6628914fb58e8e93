package com.lpai.domain.conversation;

import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.MirrorState;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;

/**
 * A message that somebody sends from here. It is its own outbox like every record that both sides
 * keep, and is linked to the CRM's {@link Message} once that is known; nothing of it changes then.
 */
public final class OutgoingMessage
    extends AboutContact<OutgoingMessageId, GhlMessageId, OutgoingMessage> {

  public OutgoingMessage(
      MirrorState<OutgoingMessageId, GhlMessageId> state, ContactReference contact) {
    super(state, contact);
  }

  /** A message that somebody wrote here; it is sent as soon as it is stored. */
  public static OutgoingMessage createdHere(
      OutgoingMessageId id,
      LocationId locationId,
      ContactReference contact,
      FieldChanges values,
      Origin by,
      Instant now) {
    return new OutgoingMessage(MirrorState.createdHere(id, locationId, values, by, now), contact);
  }

  /** The message to be sent whether or not it was sent before: a person has decided that now. */
  public OutgoingMessage sentAnew(Instant now) {
    return with(ordered(sync().withoutCall().retried(now), now), contact());
  }

  /** When a person last decided that it is to be sent: by writing it, or by sending it anew. */
  public Instant orderedAt() {
    return updatedAt();
  }

  @Override
  protected OutgoingMessage with(
      MirrorState<OutgoingMessageId, GhlMessageId> changed, ContactReference about) {
    return new OutgoingMessage(changed, about);
  }

  @Override
  protected OutgoingMessage self() {
    return this;
  }

  @Override
  protected FieldName ghlContactField() {
    return OutgoingMessageField.GHL_CONTACT_ID.fieldName();
  }

  @Override
  public FieldTable table() {
    return OutgoingMessageField.TABLE;
  }
}
