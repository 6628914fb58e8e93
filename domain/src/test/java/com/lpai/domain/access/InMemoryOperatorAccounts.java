package com.lpai.domain.access;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Operator accounts in memory. */
public final class InMemoryOperatorAccounts implements OperatorAccounts {
  private final Map<String, OperatorAccount> byName = new ConcurrentHashMap<>();

  @Override
  public Optional<OperatorAccount> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  @Override
  public boolean create(OperatorAccount account) {
    return byName.putIfAbsent(account.name(), account) == null;
  }

  @Override
  public boolean changePassword(OperatorAccount account) {
    return byName.replace(account.name(), account) != null;
  }

  @Override
  public boolean any() {
    return !byName.isEmpty();
  }
}
