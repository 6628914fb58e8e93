package com.lpai.domain.directory;

/**
 * A person who works in a location.
 *
 * @param email empty when the CRM does not tell
 * @param role the CRM's word, for example {@code admin} or {@code user}; empty when it does not
 *     tell
 */
public record User(GhlUserId id, String name, String email, String role) implements DirectoryEntry {
  @Override
  public String crmId() {
    return id.value();
  }

  /** The id only: the rest is personal data. */
  @Override
  public String toString() {
    return "User[" + id + "]";
  }
}
