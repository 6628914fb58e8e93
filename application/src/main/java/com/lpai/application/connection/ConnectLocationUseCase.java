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

    /** The CRM refuses a token for this location; it may give some for others. */
    record Refused(String why) implements Outcome {}

    /** There is no answer for this location; there may be some for others. */
    record NotYet(Duration delay, String why) implements Outcome {}

    /** No call can be made with the company's token for now. */
    record Paused(Duration delay, String why) implements Outcome {}
  }

  /** Connects the location unless it is connected; any number of times, from anywhere. */
  Outcome ensure(CompanyId companyId, LocationId locationId);
}
