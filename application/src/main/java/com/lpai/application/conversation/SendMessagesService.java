package com.lpai.application.conversation;

import com.lpai.application.edit.EditAboutContactUseCase;
import com.lpai.application.edit.EditOutcome;
import com.lpai.application.edit.EditUseCases;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.edit.RecordEditor;
import com.lpai.application.edit.RecordEditor.Change;
import com.lpai.application.idempotency.Once;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.OutgoingMessage;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.conversation.OutgoingMessageQuery;
import com.lpai.domain.conversation.OutgoingMessageRepository;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

final class SendMessagesService implements SendMessagesUseCase {
  private final OutgoingMessageRepository messages;
  private final ConversationRepository conversations;
  private final ContactRepository contacts;
  private final EditAboutContactUseCase<OutgoingMessageId, OutgoingMessage> writing;
  private final RecordEditor<OutgoingMessageId, GhlMessageId, OutgoingMessage> editor;
  private final Instance instance;

  SendMessagesService(
      OutgoingMessageRepository messages,
      ConversationRepository conversations,
      ContactRepository contacts,
      WorkSignals signals,
      Instance instance) {
    this.messages = messages;
    this.conversations = conversations;
    this.contacts = contacts;
    this.writing =
        EditUseCases.aboutContacts(
            messages, contacts, new OutgoingMessageRules(), signals, instance);
    this.editor = new RecordEditor<>(messages, signals, instance);
    this.instance = instance;
  }

  @Override
  public EditOutcome<OutgoingMessage> send(
      LocationId locationId, Once once, ContactId contact, FieldChanges values, Origin by) {
    return writing.create(locationId, once, new ContactReference.Resolved(contact), values, by);
  }

  @Override
  public EditOutcome<OutgoingMessage> reply(
      LocationId locationId, Once once, String conversationId, FieldChanges values, Origin by) {
    Optional<Conversation> conversation =
        ConversationUseCases.known(conversationId)
            .flatMap(id -> conversations.find(locationId, id));
    if (conversation.isEmpty()) {
      return new EditOutcome.NotFound<>();
    }
    Optional<Contact> contact =
        ConversationUseCases.contactOf(conversation.get())
            .flatMap(id -> contacts.findByCrmId(locationId, id))
            .filter(Contact::isLive);
    return contact.isPresent()
        ? send(locationId, once, contact.get().id(), values, by)
        : refused("The contact of this conversation is not here. Send it to a contact instead.");
  }

  @Override
  public Optional<OutgoingMessage> find(LocationId locationId, OutgoingMessageId id) {
    return messages.find(locationId, id).filter(OutgoingMessage::isLive);
  }

  @Override
  public Page<OutgoingMessage> list(LocationId locationId, OutgoingMessageQuery query) {
    return messages.list(locationId, query);
  }

  @Override
  public EditOutcome<OutgoingMessage> retry(LocationId locationId, OutgoingMessageId id) {
    return editor.retry(locationId, id);
  }

  @Override
  public EditOutcome<OutgoingMessage> sendAnew(
      LocationId locationId, OutgoingMessageId id, OptionalLong expectedVersion) {
    return editor.change(locationId, id, expectedVersion, this::sentAnew);
  }

  private Change<OutgoingMessage> sentAnew(OutgoingMessage message) {
    if (message.sync().phase() != SyncPhase.FAILED || message.crmId().isPresent()) {
      return refusal("Only a message that failed can be sent anew.");
    }
    return new Change.To<>(message.sentAnew(now()));
  }

  @Override
  public EditOutcome<OutgoingMessage> discard(
      LocationId locationId, OutgoingMessageId id, OptionalLong expectedVersion) {
    return editor.change(locationId, id, expectedVersion, this::discarded);
  }

  /** What is in doubt and failed is over: a person has looked, and nobody asks any more. */
  private Change<OutgoingMessage> discarded(OutgoingMessage message) {
    if (message.crmId().isPresent()) {
      return refusal("It was sent.");
    }
    if (message.sync().hasCallInFlight() && message.sync().phase() != SyncPhase.FAILED) {
      return refusal("It is being sent, or looked for. Try again when that has come to its end.");
    }
    return new Change.To<>(message.withSync(message.sync().withoutCall()).deletedHere(now()));
  }

  private Instant now() {
    return instance.time().instant();
  }

  private static Change<OutgoingMessage> refusal(String why) {
    return new Change.Refusal<>(List.of(new FieldProblem("", why)));
  }

  private static EditOutcome<OutgoingMessage> refused(String why) {
    return new EditOutcome.Refused<>(List.of(new FieldProblem("", why)));
  }
}
