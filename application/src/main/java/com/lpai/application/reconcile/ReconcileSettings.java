package com.lpai.application.reconcile;

import java.time.Duration;

/**
 * How locations are reconciled.
 *
 * @param active how often changes are read where something changes
 * @param quiet how often where nothing did for long
 * @param overlap how far before its watermark each reading begins: longer than the CRM's search lag
 *     and the distance of the clocks together
 * @param proofEvery how often everything is compared
 * @param appointmentsPast how far back appointments are compared
 * @param appointmentsAhead how far ahead appointments are compared
 */
public record ReconcileSettings(
    Duration active,
    Duration quiet,
    Duration overlap,
    Duration proofEvery,
    Duration appointmentsPast,
    Duration appointmentsAhead) {
  /** Records per page: as many as the CRM gives. */
  static final int PAGE = 500;

  /** Appointments that begin so long ago are read with the changes; the CRM tells none of them. */
  static final Duration NEAR_PAST = Duration.ofDays(1);

  /** The same for those to come. */
  static final Duration NEAR_AHEAD = Duration.ofDays(14);

  public static final ReconcileSettings STANDARD =
      new ReconcileSettings(
          Duration.ofMinutes(15),
          Duration.ofHours(4),
          Duration.ofMinutes(10),
          Duration.ofDays(7),
          Duration.ofDays(365),
          Duration.ofDays(730));

  public ReconcileSettings withAppointments(Duration past, Duration ahead) {
    return new ReconcileSettings(active, quiet, overlap, proofEvery, past, ahead);
  }

  public ReconcileSettings every(Duration whenActive, Duration whenQuiet) {
    return new ReconcileSettings(
        whenActive, whenQuiet, overlap, proofEvery, appointmentsPast, appointmentsAhead);
  }

  public ReconcileSettings withOverlap(Duration before) {
    return new ReconcileSettings(
        active, quiet, before, proofEvery, appointmentsPast, appointmentsAhead);
  }

  public ReconcileSettings provingEvery(Duration time) {
    return new ReconcileSettings(active, quiet, overlap, time, appointmentsPast, appointmentsAhead);
  }
}
