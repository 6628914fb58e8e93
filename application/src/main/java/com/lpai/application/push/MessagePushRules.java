package com.lpai.application.push;

import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.CrmOutgoingMessages;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.MessageChannel;
import com.lpai.domain.conversation.OutgoingMessage;
import com.lpai.domain.conversation.OutgoingMessageField;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.tenant.CrmIds;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How messages are sent: after their contact, and never twice unless a person says so. */
final class MessagePushRules
    implements PushRules<OutgoingMessageId, GhlMessageId, OutgoingMessage> {
  private static final Words WORDS =
      new Words("message", "text and time", "no text", "Send another one.");

  /** What was meant for yesterday may be wrong today, and nobody waits for it any more. */
  private static final Duration SENT_WITHIN = Duration.ofDays(1);

  private static final List<Duration> LOOKS_AGAIN_AFTER =
      List.of(Duration.ofMinutes(2), Duration.ofMinutes(10));

  private final CrmOutgoingMessages crm;
  private final ContactFirst contactFirst;
  private final Duration callLease;
  private final InstantSource time;

  /**
   * Rules for sending by this CRM.
   *
   * @param callLease longer than any call to the CRM can take
   */
  MessagePushRules(
      CrmOutgoingMessages crm, ContactFirst contactFirst, Duration callLease, InstantSource time) {
    this.crm = crm;
    this.contactFirst = contactFirst;
    this.callLease = callLease;
    this.time = time;
  }

  @Override
  public Words words() {
    return WORDS;
  }

  @Override
  public String scope() {
    return "conversations/message.write";
  }

  /** What was not found may have been sent all the same, or be under way. */
  @Override
  public boolean mayCreateAgain() {
    return false;
  }

  /** Its messages show in GoHighLevel after a while, a provider's answer at times much later. */
  @Override
  public List<Duration> looksAgainAfter() {
    return LOOKS_AGAIN_AFTER;
  }

  @Override
  public GhlMessageId crmId(String value) {
    return new GhlMessageId(value);
  }

  @Override
  public OutgoingMessage completed(OutgoingMessage message) {
    return contactFirst.completed(message);
  }

  @Override
  public boolean mayGoOn(OutgoingMessage message) {
    return contactFirst.isThere(message);
  }

  @Override
  public Outgoing<GhlMessageId> create(OutgoingMessage message, FieldChanges values) {
    if (message.orderedAt().plus(SENT_WITHIN).isBefore(time.instant())) {
      return new Outgoing.Refused<>(
          "It was to be sent more than a day ago. Send it anew, or discard it.");
    }
    return contactFirst
        .<GhlMessageId>obstacle(message, WORDS.noun())
        .orElseGet(() -> new Outgoing.Call<>(values, () -> crm.send(message.locationId(), values)));
  }

  @Override
  public Outgoing<GhlMessageId> update(
      OutgoingMessage message, GhlMessageId crmId, FieldChanges values) {
    throw new IllegalStateException("a message that was sent does not change: " + message);
  }

  @Override
  public Outgoing<GhlMessageId> regroup(
      OutgoingMessage message, GhlMessageId crmId, FieldChanges names) {
    throw new IllegalStateException("a message has no set of names: " + message);
  }

  @Override
  public CrmResult<GhlMessageId> delete(LocationId locationId, GhlMessageId crmId) {
    throw new IllegalStateException("a message that was sent is not taken back: " + crmId);
  }

  @Override
  public CrmResult<CrmRecord<GhlMessageId>> find(LocationId locationId, GhlMessageId crmId) {
    throw new IllegalStateException("a message that was sent is not told again: " + crmId);
  }

  @Override
  public Optional<Supplier<CrmResult<List<CrmRecord<GhlMessageId>>>>> lookUp(
      LocationId locationId, FieldChanges sent, Instant since) {
    Fields message = Fields.NONE.apply(sent);
    String contact = message.text(OutgoingMessageField.GHL_CONTACT_ID.fieldName());
    Optional<MessageChannel> channel =
        MessageChannel.named(message.text(OutgoingMessageField.TYPE.fieldName()));
    return channel.isEmpty() || !CrmIds.isOpaque(contact) || text(message).isEmpty()
        ? Optional.empty()
        : Optional.of(
            () -> lookUp(locationId, new GhlContactId(contact), channel.get(), message, since));
  }

  private CrmResult<List<CrmRecord<GhlMessageId>>> lookUp(
      LocationId locationId,
      GhlContactId contact,
      MessageChannel channel,
      Fields sent,
      Instant begun) {
    boolean isMail = channel == MessageChannel.EMAIL;
    Instant until = begun.plus(callLease).plus(CLOCK_SKEW);
    CrmResult<List<Message>> answer =
        crm.sentTo(locationId, contact, isMail, begun.minus(CLOCK_SKEW));
    return switch (answer) {
      case CrmResult.Failed<List<Message>>(CrmFailure failure) -> CrmResult.failed(failure);
      case CrmResult.Done<List<Message>>(List<Message> found) -> {
        List<Message> ofItsKind =
            found.stream()
                .filter(message -> isOfKind(message, channel))
                .filter(message -> !message.addedAt().isAfter(until))
                .toList();
        List<Message> untold =
            ofItsKind.stream().filter(message -> mayBeItUntold(message, channel, sent)).toList();
        yield untold.isEmpty()
            ? CrmResult.done(
                ofItsKind.stream()
                    .filter(message -> hasText(message, sent))
                    .map(MessagePushRules::record)
                    .toList())
            : CrmResult.failed(isUnclear(untold));
      }
    };
  }

  private static boolean isOfKind(Message message, MessageChannel channel) {
    return !message.direction().equals("inbound")
        && (message.type().isEmpty() || message.type().equals(channel.readAs()));
  }

  /**
   * Of a thread of mails the CRM tells no text and at times no subject. Each of one thread, and two
   * of the same kind, have the same subject: it can rule a mail out, and shows none to be ours.
   */
  private static boolean mayBeItUntold(Message message, MessageChannel channel, Fields sent) {
    boolean tellsNothing = message.attachments().isEmpty() || channel == MessageChannel.EMAIL;
    return message.body().isBlank() && tellsNothing && hasSubject(message, sent);
  }

  private static boolean hasText(Message message, Fields sent) {
    return hasSubject(message, sent) && message.body().strip().equals(text(sent).strip());
  }

  /** True also when the CRM does not tell the subject. */
  private static boolean hasSubject(Message message, Fields sent) {
    String told = message.thread().subject().strip();
    return told.isEmpty()
        || told.equals(sent.text(OutgoingMessageField.SUBJECT.fieldName()).strip());
  }

  /** What the CRM shows as the body. */
  private static String text(Fields message) {
    String html = message.text(OutgoingMessageField.HTML.fieldName());
    return html.isEmpty() ? message.text(OutgoingMessageField.MESSAGE.fieldName()) : html;
  }

  private static CrmRecord<GhlMessageId> record(Message message) {
    return new CrmRecord<>(message.id(), FieldChanges.NONE, Set.of(), Instant.EPOCH);
  }

  private static CrmFailure isUnclear(List<Message> found) {
    String ids =
        found.stream().map(each -> each.id().value()).sorted().collect(Collectors.joining(", "));
    return new CrmFailure.RefusedOrDone(
        List.of(),
        "Please check: it is not known whether this message was sent. GoHighLevel tells no text of"
            + " what it sent at this time, and one of them could be this one: "
            + ids);
  }

  @Override
  public boolean lookUpShowsAll() {
    return true;
  }
}
