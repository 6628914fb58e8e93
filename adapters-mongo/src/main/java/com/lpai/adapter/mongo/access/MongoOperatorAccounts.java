package com.lpai.adapter.mongo.access;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.domain.access.OperatorAccount;
import com.lpai.domain.access.OperatorAccounts;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Optional;
import org.bson.Document;

/** Operator accounts in the collection {@code operators}, by name. */
public final class MongoOperatorAccounts implements OperatorAccounts {
  private static final String NAME = "_id";
  private static final String PASSWORD_HASH = "passwordHash";

  private final SharedCollection operators;

  public MongoOperatorAccounts(SharedCollection operators) {
    this.operators = operators;
  }

  @Override
  public Optional<OperatorAccount> find(String name) {
    return operators.findOne(Filters.eq(NAME, name)).map(MongoOperatorAccounts::toDomain);
  }

  @Override
  public boolean create(OperatorAccount account) {
    return operators
        .insert(new Document(NAME, account.name()).append(PASSWORD_HASH, account.passwordHash()))
        .wrote();
  }

  @Override
  public boolean changePassword(OperatorAccount account) {
    return operators
        .update(
            Filters.eq(NAME, account.name()), Updates.set(PASSWORD_HASH, account.passwordHash()))
        .wrote();
  }

  @Override
  public boolean any() {
    return operators.findOne(new Document()).isPresent();
  }

  private static OperatorAccount toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("operator", document);
    return new OperatorAccount(stored.text(NAME), stored.text(PASSWORD_HASH));
  }
}
