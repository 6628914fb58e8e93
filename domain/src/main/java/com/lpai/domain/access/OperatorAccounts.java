package com.lpai.domain.access;

import java.util.Optional;

/** Where operator accounts are kept, unique by name. */
public interface OperatorAccounts {
  Optional<OperatorAccount> find(String name);

  /** Makes an account; false when the name is taken, and nothing is changed then. */
  boolean create(OperatorAccount account);

  /** Replaces an account's password hash; false when there is no such account. */
  boolean changePassword(OperatorAccount account);

  /** True when there is at least one account. */
  boolean any();
}
