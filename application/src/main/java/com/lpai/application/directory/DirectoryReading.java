package com.lpai.application.directory;

import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;
import java.util.function.BooleanSupplier;

/** Reading all entries of one kind and keeping them; the same for a setup and a refresh. */
@FunctionalInterface
public interface DirectoryReading {

  /** What a reading came to. */
  sealed interface Outcome {
    /** What the CRM has is what we have: so many entries. */
    record Complete(int entries) implements Outcome {}

    /** What the CRM has is what we have, but the CRM lacks something that we need there. */
    record Lacking(int entries, CrmFailure failure) implements Outcome {}

    /** Another worker took over; what we have is as it was. */
    record TakenOver() implements Outcome {}

    /** The CRM did not give it; what we have is as it was. */
    record Failed(CrmFailure failure) implements Outcome {}
  }

  /**
   * Reads what the CRM has and makes it what we have; writes only what changed.
   *
   * @param location as it is stored now
   * @param stillOurs to be asked between two calls; false when another worker took over
   */
  Outcome read(Location location, BooleanSupplier stillOurs);
}
