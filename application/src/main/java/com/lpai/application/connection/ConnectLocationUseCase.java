package com.lpai.application.connection;

import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;

/** Connecting a location by its company's token (spec 3, install saga). */
public interface ConnectLocationUseCase {

  /** Whether the location is connected now. */
  sealed interface Outcome {
    /** It is; {@code before} when it was already. */
    record Connected(boolean before) implements Outcome {}

    /** The company has no token, or its token gives none for this location. */
    record NotPossible(String why) implements Outcome {}

    /** This location must wait; others need not. */
    record NotYet(Duration delay, String why) implements Outcome {}

    /** Every call with the company's token must wait. */
    record Paused(Duration delay, String why) implements Outcome {}
  }

  /** Connects the location unless it is connected; any number of times, from anywhere. */
  Outcome ensure(CompanyId companyId, LocationId locationId);
}
