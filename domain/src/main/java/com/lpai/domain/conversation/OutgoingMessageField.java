package com.lpai.domain.conversation;

import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.MirroredField;
import java.util.Arrays;
import java.util.List;

/**
 * What is said of a message that is to be sent (SendMessageBodyDto of the CRM's API). REST, MongoDB
 * and the CRM's payload are mapped from this table. A message that was sent does not change.
 */
public enum OutgoingMessageField implements MirroredField {
  /** One of {@link MessageChannel}. */
  TYPE("type", FieldType.WORD),
  /** The CRM's id of the contact. */
  GHL_CONTACT_ID("ghlContactId", "contactId", FieldType.TEXT),
  MESSAGE("message", FieldType.TEXT),
  HTML("html", FieldType.TEXT),
  SUBJECT("subject", FieldType.TEXT),
  EMAIL_FROM("emailFrom", FieldType.EMAIL),
  EMAIL_TO("emailTo", FieldType.EMAIL),
  /** Texts. */
  EMAIL_CC("emailCc", FieldType.STRUCTURE),
  /** Texts. */
  EMAIL_BCC("emailBcc", FieldType.STRUCTURE),
  /** Addresses, as texts. */
  ATTACHMENTS("attachments", FieldType.STRUCTURE),
  REPLY_MESSAGE_ID("replyMessageId", FieldType.TEXT),
  THREAD_ID("threadId", FieldType.TEXT),
  EMAIL_REPLY_MODE("emailReplyMode", FieldType.WORD),
  FROM_NUMBER("fromNumber", FieldType.TEXT),
  TO_NUMBER("toNumber", FieldType.TEXT),
  CONVERSATION_PROVIDER_ID("conversationProviderId", FieldType.TEXT),
  TEMPLATE_ID("templateId", FieldType.TEXT);

  /** All of them. */
  public static final FieldTable TABLE = FieldTable.of(values());

  /** Those that hold several texts. */
  public static final List<OutgoingMessageField> LISTS = List.of(EMAIL_CC, EMAIL_BCC, ATTACHMENTS);

  private final String key;
  private final String crmKey;
  private final FieldType type;

  OutgoingMessageField(String key, FieldType type) {
    this(key, key, type);
  }

  OutgoingMessageField(String key, String crmKey, FieldType type) {
    this.key = key;
    this.crmKey = crmKey;
    this.type = type;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public String crmKey() {
    return crmKey;
  }

  @Override
  public FieldType type() {
    return type;
  }

  @Override
  public FieldAccess access() {
    return FieldAccess.CREATE_ONLY;
  }

  /** No event is merged into one. */
  @Override
  public boolean isInEvents() {
    return false;
  }

  @Override
  public List<String> words() {
    return switch (this) {
      case TYPE -> Arrays.stream(MessageChannel.values()).map(MessageChannel::word).toList();
      case EMAIL_REPLY_MODE -> List.of("reply", "reply_all");
      default -> List.of();
    };
  }
}
