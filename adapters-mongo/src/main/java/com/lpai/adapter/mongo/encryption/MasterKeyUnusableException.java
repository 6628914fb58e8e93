package com.lpai.adapter.mongo.encryption;

import com.lpai.domain.sync.StorageUnavailableException;

/**
 * A master key that is needed is not this server's, or its service refuses it. A person must
 * correct that, and what is stored is fine: so it is waited out like a database that is away, and
 * nothing is condemned for it.
 */
public final class MasterKeyUnusableException extends StorageUnavailableException {
  private static final long serialVersionUID = 1L;

  MasterKeyUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
