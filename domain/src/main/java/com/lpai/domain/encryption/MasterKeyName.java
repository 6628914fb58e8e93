package com.lpai.domain.encryption;

/**
 * A master key as people may see it.
 *
 * @param provider who keeps it: {@code local}, {@code aws}, {@code azure}, {@code gcp}, {@code
 *     kmip}
 * @param fingerprint tells it from every other; nothing of the key can be learnt from it
 * @param label what the key service calls it; empty for a local one
 */
public record MasterKeyName(String provider, String fingerprint, String label) {
  @Override
  public String toString() {
    return provider + " " + (label.isEmpty() ? fingerprint : label);
  }
}
