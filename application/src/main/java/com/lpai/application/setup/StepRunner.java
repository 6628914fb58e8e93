package com.lpai.application.setup;

import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;
import java.util.function.BooleanSupplier;

/**
 * One step of a setup, done in pieces of about one page each. A worker that runs a setup has
 * runners of its own, which may remember something from one piece to the next.
 */
interface StepRunner {

  /** What a piece of work came to. */
  sealed interface Piece {
    /** There is more. */
    record More() implements Piece {}

    /** The step is done. */
    record Finished() implements Piece {}

    /** The CRM did not give it. */
    record Failed(CrmFailure failure) implements Piece {}
  }

  /**
   * Does the next piece; where it begins, it finds from what is stored.
   *
   * @param location as it is stored now
   * @param stillOurs prolongs our hold on the setup, to be asked between two calls of one piece;
   *     false when another worker took over, and then the piece ends as {@link Piece.More}
   */
  Piece next(Location location, BooleanSupplier stillOurs);

  /** Nobody asks for another piece. What is under way beside the last one is given up. */
  default void leave() {}
}
