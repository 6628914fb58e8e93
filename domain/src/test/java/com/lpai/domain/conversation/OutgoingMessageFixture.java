package com.lpai.domain.conversation;

import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.MirrorState;
import java.util.UUID;

/** Messages that are sent from here, for tests: {@code anOutgoingMessage().about(…).build()}. */
public final class OutgoingMessageFixture
    extends MirrorFixture<
        OutgoingMessageId, GhlMessageId, OutgoingMessage, OutgoingMessageFixture> {
  private ContactReference contact = ContactReference.none();

  private OutgoingMessageFixture() {
    super(new OutgoingMessageId(UUID.randomUUID().toString().replace("-", "").substring(8)));
  }

  /** A message without any content; nothing is to be sent. */
  public static OutgoingMessageFixture anOutgoingMessage() {
    return new OutgoingMessageFixture();
  }

  public static GhlMessageId anyGhlMessageId() {
    return new GhlMessageId("msg-" + UUID.randomUUID());
  }

  public OutgoingMessageFixture about(ContactId id) {
    contact = new ContactReference.Resolved(id);
    return this;
  }

  @Override
  protected OutgoingMessageFixture self() {
    return this;
  }

  @Override
  protected OutgoingMessage build(MirrorState<OutgoingMessageId, GhlMessageId> state) {
    return new OutgoingMessage(state, contact);
  }
}
