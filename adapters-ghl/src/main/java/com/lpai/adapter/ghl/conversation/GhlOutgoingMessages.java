package com.lpai.adapter.ghl.conversation;

import static com.lpai.adapter.ghl.client.RestClients.absentIfEmpty;
import static com.lpai.adapter.ghl.json.Provider.JSON;

import com.lpai.adapter.ghl.call.Call;
import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.client.GhlConversationsClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.failure.Operation.Effect;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.FieldWrites;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.CrmOutgoingMessages;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.OutgoingMessageField;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sending messages by GoHighLevel over HTTP (ghl-facts.md 3.6). */
public final class GhlOutgoingMessages implements CrmOutgoingMessages {
  private static final Operation SEND =
      new Operation(
          "POST",
          "/conversations/messages",
          Effect.CREATE,
          "message",
          "conversations/message.write");
  private static final Operation EXPORT =
      new Operation(
          "GET",
          "/conversations/messages/export",
          Effect.READ,
          "message",
          "conversations/message.readonly");

  private static final int LARGEST_EXPORT = 500;

  private final GhlConversationsClient client;
  private final GhlCalls<LocationId> calls;

  public GhlOutgoingMessages(GhlConversationsClient client, GhlCalls<LocationId> calls) {
    this.client = client;
    this.calls = calls;
  }

  /** The specification demands subType and status, which nobody sends (ghl-facts.md 3.6). */
  @Override
  public CrmResult<GhlMessageId> send(LocationId locationId, FieldChanges values) {
    JsonObjectBuilder body = JSON.createObjectBuilder();
    FieldWrites.addFields(
        body,
        List.of(OutgoingMessageField.values()),
        FieldWrites.given(values),
        Set.of(FieldAccess.CREATE_ONLY),
        field -> JsonValue.NULL);
    String sent = body.build().toString();
    Call.Reader<GhlMessageId> reader = GhlOutgoingMessages::messageId;
    return calls.call(
        locationId,
        CallPriority.USER,
        SEND,
        token -> client.send(token, sent),
        reader.needing("a messageId"));
  }

  /** Some channels answer a list of ids; the first is the message. */
  private static Optional<GhlMessageId> messageId(GhlAnswer answer) {
    return Records.id(answer.body(), "messageId", GhlMessageId::new)
        .or(
            () ->
                JsonReads.list(answer.body(), "messageIds").stream()
                    .findFirst()
                    .flatMap(
                        id ->
                            Records.id(
                                JSON.createObjectBuilder().add("id", id).build(),
                                "id",
                                GhlMessageId::new)));
  }

  @Override
  public CrmResult<List<Message>> sentTo(
      LocationId locationId, GhlContactId contact, boolean mails, Instant since) {
    Call.Reader<List<Message>> reader = answer -> outbound(locationId, contact, answer);
    return calls.call(
        locationId,
        CallPriority.USER,
        EXPORT,
        token ->
            client.exportOfContact(
                token,
                locationId.value(),
                contact.value(),
                "createdAt",
                "asc",
                LARGEST_EXPORT,
                absentIfEmpty(mails ? "Email" : ""),
                since.toString()),
        reader.needing("a list of messages that is whole"));
  }

  /** A list that goes on is more than anybody can tell one message from. */
  private static Optional<List<Message>> outbound(
      LocationId locationId, GhlContactId contact, GhlAnswer answer) {
    return JsonReads.text(answer.body(), "nextCursor").isEmpty()
        ? Records.listed(locationId, answer, "messages", ConversationReader::message)
            .map(
                messages ->
                    messages.stream()
                        .filter(
                            message ->
                                message.ghlContactId().isEmpty()
                                    || message.ghlContactId().equals(contact.value()))
                        .filter(message -> !message.direction().equals("inbound"))
                        .toList())
        : Optional.empty();
  }
}
