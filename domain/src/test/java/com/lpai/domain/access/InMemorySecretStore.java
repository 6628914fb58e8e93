package com.lpai.domain.access;

import com.lpai.domain.connection.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets in memory; nothing is encrypted. */
public final class InMemorySecretStore implements SecretStore {
  private final Map<String, Secret> byName = new ConcurrentHashMap<>();

  @Override
  public Optional<Secret> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  @Override
  public Secret createIfAbsent(String name, Secret candidate) {
    return byName.computeIfAbsent(name, absent -> candidate);
  }
}
