package com.lpai.domain.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

class InMemoryKeyVaultTest implements MasterKeyRotationContract {
  private final InMemoryKeyVault vault = new InMemoryKeyVault();

  @Override
  public Instance knowing(String present, String... next) {
    MasterKeyRotation rotation = vault.knowing(present, next);
    List<String> known = new java.util.ArrayList<>(List.of(next));
    known.add(present);
    return new Instance() {
      @Override
      public MasterKeyRotation rotation() {
        return rotation;
      }

      @Override
      public void makeDataKey(String owner) {
        vault.makeDataKey(owner);
      }

      @Override
      public void useDataKey(String owner) {
        assertThat(known).contains(vault.wrapping(owner));
      }
    };
  }
}
