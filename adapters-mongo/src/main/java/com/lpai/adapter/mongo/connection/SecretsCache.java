package com.lpai.adapter.mongo.connection;

import com.lpai.domain.connection.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.types.Binary;

/**
 * The secrets of connections as they were opened last, so that a token is not decrypted for each
 * call (spec 3). What is remembered counts only for exactly the ciphertexts that it was opened
 * from: another version of a connection, or one that somebody altered, is opened anew.
 */
final class SecretsCache {
  private static final int MOST = 4_096;
  private static final float LOAD_FACTOR = 0.75f;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Opened> byOwner =
      new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Opened> eldest) {
          return size() > MOST;
        }
      };

  /** Secrets do not print themselves; ciphertexts by field name, as they are stored. */
  private record Opened(Map<String, Binary> sealed, Map<String, Secret> secrets) {}

  Optional<Map<String, Secret>> find(String owner, Map<String, Binary> sealed) {
    lock.lock();
    try {
      return Optional.ofNullable(byOwner.get(owner))
          .filter(opened -> opened.sealed().equals(sealed))
          .map(Opened::secrets);
    } finally {
      lock.unlock();
    }
  }

  void remember(String owner, Map<String, Binary> sealed, Map<String, Secret> secrets) {
    lock.lock();
    try {
      byOwner.put(owner, new Opened(sealed, secrets));
    } finally {
      lock.unlock();
    }
  }

  void forget(String owner) {
    lock.lock();
    try {
      byOwner.remove(owner);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "SecretsCache[hidden]";
  }
}
