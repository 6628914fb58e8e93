package com.lpai.domain.connection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where connections of one kind of owner are kept. Tokens are encrypted at rest, each connection
 * with a data key of its own (spec 3); a ciphertext made with another connection's key is refused.
 * A connection whose data key is gone for good is found in the state {@code NeedsReauth}.
 *
 * @param <O> the owner: a location's or a company's id
 */
public interface ConnectionStore<O> {
  Optional<Connection> find(O owner);

  /**
   * Stores the connection when it is still at the version it was read at; version 0 stores a new
   * one. It is stored durably when the method returns. A connection without secrets has its data
   * key deleted.
   *
   * @return the stored connection with its new version; empty when somebody else stored it
   *     meanwhile
   */
  Optional<Connection> save(O owner, Connection connection);

  /**
   * Stores a connection over whatever is there, even over one that cannot be read: an installation
   * must be able to mend that.
   */
  void overwrite(O owner, Connection connection);

  /**
   * Owners whose connections' {@link Connection#careAt} has come: those first whose renewal was
   * begun, for the CRM answers it again for 30 seconds only; else the longest due first.
   */
  List<O> careDue(Instant now, int limit);

  /**
   * Puts off the care of a connection that cannot be read; the next change of the connection
   * decides anew.
   */
  void postponeCare(O owner, Instant until);
}
