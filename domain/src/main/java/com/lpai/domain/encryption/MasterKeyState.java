package com.lpai.domain.encryption;

import java.time.Instant;
import java.util.List;

/**
 * Which master key wraps what.
 *
 * @param current wraps every new data key
 * @param keys the master keys that this instance knows, each with the data keys it wraps
 * @param unreadable data keys that no master key of this instance opens
 * @param instances who was seen lately, and what each knows
 */
public record MasterKeyState(
    Phase phase,
    MasterKeyName current,
    List<Share> keys,
    long unreadable,
    List<Sighting> instances) {

  /** How far a rotation is. */
  public enum Phase {
    /** One master key is known: nothing to rotate. */
    SINGLE("single"),
    /** A second one is known and wraps nothing yet. */
    PREPARED("prepared"),
    /** New data keys use the next master key, older ones are wrapped anew page by page. */
    UNDER_WAY("underWay"),
    /** Every data key is wrapped by the current master key: the other one can be taken away. */
    DONE("done");

    private final String word;

    Phase(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** How many data keys a master key wraps. */
  public record Share(MasterKeyName key, long dataKeys) {}

  /**
   * An instance that said what it knows.
   *
   * @param fingerprints of the master keys that it can use
   */
  public record Sighting(String instance, List<String> fingerprints, Instant seenAt) {
    public Sighting {
      fingerprints = List.copyOf(fingerprints);
    }
  }

  public MasterKeyState {
    keys = List.copyOf(keys);
    instances = List.copyOf(instances);
  }

  /** Data keys that the current master key does not wrap yet. */
  public long remaining() {
    return keys.stream()
        .filter(share -> !share.key().equals(current))
        .mapToLong(Share::dataKeys)
        .sum();
  }
}
