package com.lpai.application.encryption;

import com.lpai.application.work.Instance;
import com.lpai.domain.encryption.MasterKeyRotation;
import com.lpai.domain.encryption.MasterKeyRotation.Beginning;
import com.lpai.domain.encryption.MasterKeyState;
import com.lpai.domain.sync.Lease;
import com.lpai.domain.sync.Leases;
import java.time.Duration;
import java.util.Optional;

/**
 * The lease only saves instances from doing the same work twice: wrapping at once is safe, so a
 * lease that ran out in the middle of a page costs nothing.
 */
final class RotateMasterKeyService implements RotateMasterKeyUseCase {
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** Two calls to a key service for each data key: a page ends well before its time does. */
  private static final int PAGE = 25;

  private final MasterKeyRotation rotation;
  private final Leases leases;
  private final Instance instance;

  RotateMasterKeyService(MasterKeyRotation rotation, Leases leases, Instance instance) {
    this.rotation = rotation;
    this.leases = leases;
    this.instance = instance;
  }

  @Override
  public MasterKeyState state() {
    return rotation.state(instance.time().instant());
  }

  @Override
  public Beginning begin() {
    return rotation.begin(instance.time().instant());
  }

  @Override
  public boolean goOn() {
    rotation.announce(instance.name(), instance.time().instant());
    if (!rotation.isBegun()) {
      return false;
    }
    Optional<Lease> lease =
        leases.acquire("master-key-rotation", instance.name(), instance.time().instant(), LEASE);
    if (lease.isEmpty()) {
      return false;
    }
    try {
      return rotation.rewrapPage(PAGE) > 0;
    } finally {
      leases.release(lease.get());
    }
  }
}
