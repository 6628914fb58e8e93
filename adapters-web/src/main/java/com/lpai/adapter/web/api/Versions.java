package com.lpai.adapter.web.api;

import com.lpai.adapter.web.json.FieldValueJson;
import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.conversation.OutgoingMessage;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Mirrored;
import jakarta.ws.rs.core.EntityTag;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A record's values as an entity tag. It follows the values and not the document's version, which
 * also counts what the background does: whoever read a record, and changes it while it is being
 * pushed, has missed nothing.
 */
final class Versions {
  private static final int KEPT_BYTES = 12;
  private static final Pattern COMMA = Pattern.compile(",");

  /** The CRM's id of the contact: the background finds it for ours. */
  private static final FieldName GHL_CONTACT = ProjectField.GHL_CONTACT_ID.fieldName();

  private Versions() {}

  static EntityTag tag(Mirrored<?, ?, ?> record) {
    MessageDigest digest = sha256();
    for (Map.Entry<FieldName, FieldValue> field : record.fields().values().entrySet()) {
      if (field.getKey().equals(GHL_CONTACT)) {
        continue;
      }
      digest.update(field.getKey().value().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(
          FieldValueJson.of(field.getValue()).toString().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    if (record instanceof OutgoingMessage message) {
      // Its values never change: what a page may be too old for is that it was sent anew.
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, message.orderedAt().toEpochMilli()));
    }
    if (record instanceof AboutContact<?, ?, ?> about) {
      about
          .contact()
          .contactId()
          .ifPresent(id -> digest.update(id.value().getBytes(StandardCharsets.UTF_8)));
    }
    byte[] kept = Arrays.copyOf(digest.digest(), KEPT_BYTES);
    return new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(kept));
  }

  /** True for a header {@code If-Match} that names no tag: every state will do. */
  static boolean anyWillDo(String ifMatch) {
    return ifMatch.isBlank() || ifMatch.strip().equals("*");
  }

  /** True when the header lists this state. Weak tags never match (RFC 9110, 13.1.1). */
  static boolean matches(String ifMatch, Mirrored<?, ?, ?> record) {
    String present = quoted(record);
    return COMMA.splitAsStream(ifMatch).map(String::strip).anyMatch(present::equals);
  }

  /** The tag as headers carry it. */
  static String quoted(Mirrored<?, ?, ?> record) {
    return "\"" + tag(record).getValue() + "\"";
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }
}
