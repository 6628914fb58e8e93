package com.lpai.domain.sync;

import java.util.Optional;

/**
 * Whether the CRM has a record of ours, and under which id.
 *
 * @param <G> the CRM's id of such a record
 */
public sealed interface Link<G> {
  /** Not in the CRM yet, or no longer. */
  record Unlinked<G>() implements Link<G> {}

  /** In the CRM under this id. */
  record Linked<G>(G id) implements Link<G> {}

  static <G> Link<G> none() {
    return new Unlinked<>();
  }

  /** The CRM's id; empty when it has no such record. */
  default Optional<G> crmId() {
    return switch (this) {
      case Unlinked<G> unlinked -> Optional.empty();
      case Linked<G>(G id) -> Optional.of(id);
    };
  }
}
