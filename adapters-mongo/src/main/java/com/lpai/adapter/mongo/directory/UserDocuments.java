package com.lpai.adapter.mongo.directory;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.directory.GhlUserId;
import com.lpai.domain.directory.User;
import org.bson.Document;

/** A user as a document, and back. */
final class UserDocuments {
  static final String GHL_USER_ID = "ghlUserId";
  static final String NAME = "name";
  private static final String EMAIL = "email";
  private static final String ROLE = "role";

  private UserDocuments() {}

  /** An update that makes the stored user this one; what the CRM does not tell is unset. */
  static Document toUpdate(User user) {
    Document set = new Document(NAME, user.name());
    Document unset = new Document();
    put(EMAIL, user.email(), set, unset);
    put(ROLE, user.role(), set, unset);
    Document update = new Document("$set", set);
    return unset.isEmpty() ? update : update.append("$unset", unset);
  }

  private static void put(String field, String value, Document set, Document unset) {
    if (value.isEmpty()) {
      unset.append(field, "");
    } else {
      set.append(field, value);
    }
  }

  static User toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("user", document);
    return new User(
        new GhlUserId(stored.text(GHL_USER_ID)),
        stored.text(NAME),
        stored.textOrEmpty(EMAIL),
        stored.textOrEmpty(ROLE));
  }
}
