package com.lpai.application.setup;

import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;

/** One step of a setup, done until it is over or something stands in its way. */
interface StepRunner {

  /** What a piece of work came to. */
  sealed interface Piece {
    /** There is more, and it is to be looked at again whose it is. */
    record More() implements Piece {}

    /** The step is done. */
    record Finished() implements Piece {}

    /** The CRM did not give it. */
    record Failed(CrmFailure failure) implements Piece {}
  }

  /**
   * Goes on; where it begins, it finds from what is stored.
   *
   * @param location as it is stored now
   */
  Piece next(Location location, Course course);
}
