package com.lpai.application.encryption;

import com.lpai.domain.encryption.MasterKeyRotation.Beginning;
import com.lpai.domain.encryption.MasterKeyState;

/**
 * Changes the master key while serving, in two phases: every instance is started with the next key
 * beside the present one, then an operator begins the rotation, and the instances carry it on.
 */
public interface RotateMasterKeyUseCase {
  MasterKeyState state();

  /** Begins; without effect when it was begun before. */
  Beginning begin();

  /**
   * Says which master keys this instance knows, and wraps one page of data keys anew when a
   * rotation is under way and no other instance is at it.
   *
   * @return true when there is more to do at once
   */
  boolean goOn();
}
