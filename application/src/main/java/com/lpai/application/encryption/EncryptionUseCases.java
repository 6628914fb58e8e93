package com.lpai.application.encryption;

import com.lpai.application.work.Instance;
import com.lpai.domain.encryption.MasterKeyRotation;
import com.lpai.domain.sync.Leases;

/** The door to encryption at rest. */
public final class EncryptionUseCases {
  private EncryptionUseCases() {}

  public static RotateMasterKeyUseCase rotating(
      MasterKeyRotation rotation, Leases leases, Instance instance) {
    return new RotateMasterKeyService(rotation, leases, instance);
  }
}
