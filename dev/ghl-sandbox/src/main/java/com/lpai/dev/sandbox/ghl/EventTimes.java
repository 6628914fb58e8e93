package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.world.World;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How the times of events are written: with the location's offset, or without any (3.3). */
final class EventTimes {
  private static final DateTimeFormatter WITH_OFFSET =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
  private static final DateTimeFormatter WITHOUT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private EventTimes() {}

  static ZoneId zone(World world, String locationId) {
    return world
        .location(locationId)
        .map(it -> ZoneId.of(it.getString("timezone")))
        .orElse(ZoneId.of("UTC"));
  }

  static String withOffset(Instant time, ZoneId zone) {
    return WITH_OFFSET.format(time.atZone(zone));
  }

  static String withoutOffset(Instant time, ZoneId zone) {
    return WITHOUT.format(time.atZone(zone));
  }

  /** A time as it is written: ISO with an offset; empty when it is not that. */
  static Optional<Instant> read(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException wrong) {
      return Optional.empty();
    }
  }
}
