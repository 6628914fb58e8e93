package com.lpai.dev.sandbox.ghl;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A rule such as {@code RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4}, so far as the sandbox knows rules.
 */
record Recurrence(ChronoUnit unit, int interval, int count) {
  private static final Pattern RULE =
      Pattern.compile(
          "(?:RRULE:)?FREQ=(DAILY|WEEKLY|MONTHLY)(?:;INTERVAL=(\\d{1,2}))?;COUNT=(\\d{1,2})");

  static Optional<Recurrence> of(String rule) {
    Matcher matcher = RULE.matcher(rule);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    ChronoUnit unit =
        switch (matcher.group(1)) {
          case "DAILY" -> ChronoUnit.DAYS;
          case "WEEKLY" -> ChronoUnit.WEEKS;
          default -> ChronoUnit.MONTHS;
        };
    int interval = Optional.ofNullable(matcher.group(2)).map(Integer::parseInt).orElse(1);
    return Optional.of(new Recurrence(unit, interval, Integer.parseInt(matcher.group(3))));
  }

  /** When the instances after the first begin, at the same time of day. */
  List<Instant> startsAfter(Instant first, ZoneId zone) {
    ZonedDateTime start = first.atZone(zone);
    return IntStream.range(1, count)
        .mapToObj(number -> start.plus((long) number * interval, unit).toInstant())
        .toList();
  }
}
