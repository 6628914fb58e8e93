package com.lpai.application.setup;

/** What a step asks and tells while it is under way; from any of its threads. */
interface Course {
  /**
   * Prolongs our hold on the step, to be asked between two calls; false when another worker took
   * over, and then the step ends as {@link StepRunner.Piece.More}.
   */
  boolean isOurs();

  /** A page is stored: failures before it count no more. */
  void advanced();
}
