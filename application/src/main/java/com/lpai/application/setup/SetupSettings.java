package com.lpai.application.setup;

import java.time.Duration;

/**
 * How a setup reads the CRM.
 *
 * @param pageSize records per page of the CRM
 * @param overlap how far before a time its changes are asked for: longer than the CRM's search lag
 *     and the distance of the clocks together
 * @param appointmentsPast how far back appointments are copied
 * @param appointmentsAhead how far ahead appointments are copied
 * @param firstSpan the span of time whose appointments each calendar is asked for at first
 * @param mostInSpan more appointments in one answer than this, and the span is halved: the CRM has
 *     no pages there
 */
public record SetupSettings(
    int pageSize,
    Duration overlap,
    Duration appointmentsPast,
    Duration appointmentsAhead,
    Duration firstSpan,
    int mostInSpan) {

  /** Appointments of a year back and two years ahead. */
  public static final SetupSettings STANDARD =
      new SetupSettings(
          100,
          Duration.ofMinutes(10),
          Duration.ofDays(365),
          Duration.ofDays(730),
          Duration.ofDays(31),
          500);

  public SetupSettings withPages(int size) {
    return new SetupSettings(
        size, overlap, appointmentsPast, appointmentsAhead, firstSpan, mostInSpan);
  }

  public SetupSettings withAppointments(Duration past, Duration ahead) {
    return new SetupSettings(pageSize, overlap, past, ahead, firstSpan, mostInSpan);
  }

  /** The longest span of time whose appointments are asked for in one call: all of it. */
  Duration longestSpan() {
    return appointmentsPast.plus(appointmentsAhead);
  }
}
