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
 * @param window the longest span of time whose appointments are asked for in one call
 * @param mostInWindow more appointments in one answer than this, and the span is halved: the CRM
 *     has no pages there
 */
public record SetupSettings(
    int pageSize,
    Duration overlap,
    Duration appointmentsPast,
    Duration appointmentsAhead,
    Duration window,
    int mostInWindow) {

  /** A year back, two years ahead. */
  public static SetupSettings withPages(int pageSize) {
    return new SetupSettings(
        pageSize,
        Duration.ofMinutes(10),
        Duration.ofDays(365),
        Duration.ofDays(730),
        Duration.ofDays(1_095),
        500);
  }
}
