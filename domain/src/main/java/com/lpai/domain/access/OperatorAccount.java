package com.lpai.domain.access;

/**
 * An account of the operator console.
 *
 * @param passwordHash salted and slow (PBKDF2), with its parameters; never the password
 */
public record OperatorAccount(String name, String passwordHash) {
  @Override
  public String toString() {
    return "OperatorAccount[" + name + "]";
  }
}
