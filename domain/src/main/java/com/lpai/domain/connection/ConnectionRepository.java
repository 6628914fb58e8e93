package com.lpai.domain.connection;

import com.lpai.domain.tenant.LocationId;
import java.util.Optional;

/**
 * Where connections are kept. Tokens are encrypted at rest, each connection with a data key of its
 * own (spec 3); a ciphertext made with another connection's key is refused.
 */
public interface ConnectionRepository {
  Optional<Connection> find(LocationId locationId);

  /**
   * Stores the connection when it is still at the version it was read at; version 0 stores a new
   * one. It is stored durably when the method returns. A connection without tokens has its data key
   * deleted.
   *
   * @return the stored connection with its new version; empty when somebody else stored it
   *     meanwhile
   */
  Optional<Connection> save(LocationId locationId, Connection connection);
}
