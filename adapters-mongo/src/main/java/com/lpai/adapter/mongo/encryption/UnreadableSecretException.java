package com.lpai.adapter.mongo.encryption;

import com.lpai.domain.sync.UnreadableRecordException;

/** A stored ciphertext cannot or must not be decrypted. */
public final class UnreadableSecretException extends UnreadableRecordException {
  private static final long serialVersionUID = 1L;

  UnreadableSecretException(String owner, String why) {
    super(message(owner, why));
  }

  UnreadableSecretException(String owner, String why, Throwable cause) {
    super(message(owner, why), cause);
  }

  private static String message(String owner, String why) {
    return "The stored secret of " + owner + " cannot be read: " + why;
  }
}
