package com.lpai.adapter.ghl.webhook;

import java.util.List;

/**
 * Accepts what any of several keys accepts. The one that accepted last is asked first, so that keys
 * which are not used yet, or no longer, cost a genuine event nothing.
 */
final class KeyRing implements SignatureCheck {
  private final List<SignatureCheck> keys;
  private volatile int latest;

  KeyRing(List<SignatureCheck> keys) {
    this.keys = List.copyOf(keys);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  @Override
  public boolean accepts(byte[] message, byte[] signature) {
    int first = latest;
    for (int i = 0; i < keys.size(); i++) {
      int key = (first + i) % keys.size();
      if (keys.get(key).accepts(message, signature)) {
        latest = key;
        return true;
      }
    }
    return false;
  }
}
