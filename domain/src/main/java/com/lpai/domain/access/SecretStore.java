package com.lpai.domain.access;

import com.lpai.domain.connection.Secret;
import java.util.Optional;

/** Secrets of the deployment itself, encrypted at rest like tokens; the same for every instance. */
public interface SecretStore {
  Optional<Secret> find(String name);

  /**
   * Stores a secret under a name that has none.
   *
   * @return what is stored under the name afterwards: of several callers, all get the same
   */
  Secret createIfAbsent(String name, Secret candidate);
}
