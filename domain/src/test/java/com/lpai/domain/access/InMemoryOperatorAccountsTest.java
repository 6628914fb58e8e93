package com.lpai.domain.access;

class InMemoryOperatorAccountsTest implements OperatorAccountsContract {
  private final InMemoryOperatorAccounts accounts = new InMemoryOperatorAccounts();

  @Override
  public OperatorAccounts accounts() {
    return accounts;
  }
}
