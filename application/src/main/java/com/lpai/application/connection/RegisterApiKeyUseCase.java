package com.lpai.application.connection;

import com.lpai.domain.connection.Secret;
import com.lpai.domain.tenant.LocationId;

/** Taking over a location from the time before OAuth (spec 3, legacy migration). */
public interface RegisterApiKeyUseCase {

  /** What became of the key. */
  enum Outcome {
    /** A private integration token: it is used until OAuth works. */
    IN_USE,
    /**
     * A location key of the old API, which GoHighLevel does not accept: the app must be installed.
     */
    NEEDS_INSTALL,
    /** The location is connected by OAuth; the key was not stored. */
    ALREADY_CONNECTED
  }

  Outcome register(LocationId locationId, Secret apiKey);
}
