package com.lpai.domain.access;

class InMemorySecretStoreTest implements SecretStoreContract {
  private final InMemorySecretStore secrets = new InMemorySecretStore();

  @Override
  public SecretStore secrets() {
    return secrets;
  }
}
