package com.lpai.adapter.mongo.directory;

import com.lpai.adapter.mongo.copy.CopyForm;
import com.lpai.adapter.mongo.copy.Sparse;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.directory.GhlUserId;
import com.lpai.domain.directory.User;
import org.bson.Document;

/** A user as a document, and back. */
final class UserForm implements CopyForm<User> {
  @Override
  public String kind() {
    return "user";
  }

  @Override
  public String idField() {
    return "ghlUserId";
  }

  @Override
  public String id(User user) {
    return user.crmId();
  }

  @Override
  public Document toDocument(User user) {
    return new Sparse()
        .text("email", user.email())
        .text("role", user.role())
        .document()
        .append("name", user.name());
  }

  @Override
  public User toDomain(StoredDocument stored) {
    return new User(
        new GhlUserId(stored.text(idField())),
        stored.text("name"),
        stored.textOrEmpty("email"),
        stored.textOrEmpty("role"));
  }
}
