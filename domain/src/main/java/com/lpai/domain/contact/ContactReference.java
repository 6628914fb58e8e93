package com.lpai.domain.contact;

import java.util.Optional;

/** Which of our contacts another record is about. */
public sealed interface ContactReference {
  /** None that we know of, or none that was found yet. */
  record Unresolved() implements ContactReference {}

  /** This one. */
  record Resolved(ContactId id) implements ContactReference {}

  static ContactReference none() {
    return new Unresolved();
  }

  /** Our contact's id; empty when it is not known. */
  default Optional<ContactId> contactId() {
    return switch (this) {
      case Unresolved unresolved -> Optional.empty();
      case Resolved(ContactId id) -> Optional.of(id);
    };
  }
}
