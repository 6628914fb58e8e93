package com.lpai.application.setup;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.CrmLocations;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationDetails;
import com.lpai.domain.setup.SetupStep;
import java.util.function.BooleanSupplier;

/** Reads what the CRM says of the location itself. */
final class LocationDetailsStep implements StepRunner {
  private final CrmLocations crm;
  private final SetupProgress progress;

  LocationDetailsStep(CrmLocations crm, SetupProgress progress) {
    this.crm = crm;
    this.progress = progress;
  }

  @Override
  public Piece next(Location location, BooleanSupplier stillOurs) {
    return switch (crm.details(location.id(), CallPriority.BACKFILL)) {
      case CrmResult.Done<LocationDetails>(LocationDetails details) -> {
        progress.details(location, details);
        progress.counted(location.withDetails(details), SetupStep.LOCATION_DETAILS, 1, 1);
        yield new Piece.Finished();
      }
      case CrmResult.Failed<LocationDetails>(CrmFailure failure) -> new Piece.Failed(failure);
    };
  }
}
