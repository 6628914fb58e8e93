package com.lpai.application.conversation;

import com.lpai.application.edit.AboutContactRules;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.edit.FieldValidator;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.conversation.MessageChannel;
import com.lpai.domain.conversation.OutgoingMessage;
import com.lpai.domain.conversation.OutgoingMessageField;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a message needs: what GoHighLevel would refuse is refused at once. */
final class OutgoingMessageRules implements AboutContactRules<OutgoingMessageId, OutgoingMessage> {
  private static final int LONGEST = 100_000;
  private static final int MOST_LISTED = 20;
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

  private static final Set<OutgoingMessageField> CONTENT =
      EnumSet.of(
          OutgoingMessageField.MESSAGE,
          OutgoingMessageField.HTML,
          OutgoingMessageField.ATTACHMENTS,
          OutgoingMessageField.TEMPLATE_ID);
  private static final Set<OutgoingMessageField> OF_MAILS =
      EnumSet.of(
          OutgoingMessageField.HTML,
          OutgoingMessageField.SUBJECT,
          OutgoingMessageField.EMAIL_FROM,
          OutgoingMessageField.EMAIL_TO,
          OutgoingMessageField.EMAIL_CC,
          OutgoingMessageField.EMAIL_BCC,
          OutgoingMessageField.EMAIL_REPLY_MODE);
  private static final Set<OutgoingMessageField> OF_PHONES =
      EnumSet.of(OutgoingMessageField.FROM_NUMBER, OutgoingMessageField.TO_NUMBER);

  private final FieldValidator validator =
      new FieldValidator(OutgoingMessageField.TABLE, "message", Set.of(), LONGEST);

  @Override
  public FieldValidator validator() {
    return validator;
  }

  /** Every character of it is the sender's. */
  @Override
  public FieldChanges normalised(FieldChanges changes) {
    return changes;
  }

  @Override
  public FieldChanges completed(Fields before, FieldChanges changes) {
    return changes;
  }

  @Override
  public List<FieldProblem> problems(LocationId locationId, Fields before, FieldChanges changes) {
    Fields message = before.apply(changes);
    List<FieldProblem> problems = new ArrayList<>();
    Optional<MessageChannel> channel =
        MessageChannel.named(message.text(OutgoingMessageField.TYPE.fieldName()));
    if (message.get(OutgoingMessageField.TYPE.fieldName()).isCleared()) {
      problems.add(problem(OutgoingMessageField.TYPE, "A message needs it: one of " + words()));
    }
    if (CONTENT.stream().allMatch(field -> isAbsent(message, field))) {
      problems.add(
          problem(OutgoingMessageField.MESSAGE, "A message needs a text, or an attachment."));
    }
    channel.ifPresent(it -> problems.addAll(problemsOf(it, message)));
    for (OutgoingMessageField list : OutgoingMessageField.LISTS) {
      problems.addAll(listProblems(list, message.get(list.fieldName())));
    }
    return problems;
  }

  private static List<FieldProblem> problemsOf(MessageChannel channel, Fields message) {
    List<FieldProblem> problems = new ArrayList<>();
    if (channel != MessageChannel.EMAIL) {
      OF_MAILS.stream()
          .filter(field -> !isAbsent(message, field))
          .forEach(field -> problems.add(problem(field, "Only a mail (Email) has it.")));
    }
    if (channel == MessageChannel.EMAIL && isAbsent(message, OutgoingMessageField.SUBJECT)) {
      problems.add(problem(OutgoingMessageField.SUBJECT, "A mail needs it."));
    }
    if (channel == MessageChannel.CUSTOM
        && isAbsent(message, OutgoingMessageField.CONVERSATION_PROVIDER_ID)) {
      problems.add(
          problem(OutgoingMessageField.CONVERSATION_PROVIDER_ID, "A message by Custom needs it."));
    }
    if (!EnumSet.of(
            MessageChannel.SMS, MessageChannel.RCS, MessageChannel.WHATSAPP, MessageChannel.CUSTOM)
        .contains(channel)) {
      OF_PHONES.stream()
          .filter(field -> !isAbsent(message, field))
          .forEach(
              field -> problems.add(problem(field, "Only a message from phone to phone has it.")));
    }
    return problems;
  }

  private static List<FieldProblem> listProblems(OutgoingMessageField field, FieldValue value) {
    if (value.isCleared()) {
      return List.of();
    }
    if (!(value instanceof FieldValue.Texts(List<String> texts)) || texts.size() > MOST_LISTED) {
      return List.of(problem(field, "A list of at most " + MOST_LISTED + " texts, please."));
    }
    boolean isOfAddresses = field == OutgoingMessageField.ATTACHMENTS;
    return texts.stream()
            .allMatch(text -> isOfAddresses ? isWebAddress(text) : EMAIL.matcher(text).matches())
        ? List.of()
        : List.of(
            problem(
                field,
                isOfAddresses
                    ? "Each is the address of a file: https://…"
                    : "Each is an e-mail address."));
  }

  private static boolean isWebAddress(String text) {
    try {
      URI address = new URI(text);
      return ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
          && address.getHost() != null
          && text.length() <= 2_000;
    } catch (URISyntaxException noAddress) {
      return false;
    }
  }

  private static boolean isAbsent(Fields message, OutgoingMessageField field) {
    return message.get(field.fieldName()).isCleared();
  }

  private static String words() {
    return String.join(", ", OutgoingMessageField.TYPE.words()) + ".";
  }

  private static FieldProblem problem(OutgoingMessageField field, String message) {
    return new FieldProblem(field.key(), message);
  }

  @Override
  public OutgoingMessageId id(String value) {
    return new OutgoingMessageId(value);
  }

  @Override
  public OutgoingMessage createdHere(
      OutgoingMessageId id,
      LocationId locationId,
      ContactReference contact,
      FieldChanges values,
      Origin by,
      Instant now) {
    return OutgoingMessage.createdHere(id, locationId, contact, values, by, now);
  }
}
