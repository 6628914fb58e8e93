package com.lpai.adapter.mongo.tenancy;

import com.mongodb.client.model.Filters;
import java.time.Instant;
import org.bson.conversions.Bson;

/** A place in a list that is sorted by a time and, within it, by an id: where a page ended. */
public record PlaceByTime(Instant at, String id) {
  private static final char BETWEEN = '_';

  /**
   * The place that a cursor names.
   *
   * @throws IllegalArgumentException when it is none of {@link #cursor}
   */
  public static PlaceByTime of(String cursor) {
    int end = cursor.indexOf(BETWEEN);
    try {
      return new PlaceByTime(
          Instant.ofEpochMilli(Long.parseLong(cursor, 0, Math.max(0, end), 10)),
          cursor.substring(end + 1));
    } catch (NumberFormatException notATime) {
      throw new IllegalArgumentException("cursor is not from a page before", notATime);
    }
  }

  public String cursor() {
    return at.toEpochMilli() + String.valueOf(BETWEEN) + id;
  }

  /**
   * What comes after it where the earliest is first.
   *
   * @param storedId the id as it is stored
   */
  public Bson after(String timeField, String idField, Object storedId) {
    return Filters.and(
        Filters.gte(timeField, at),
        Filters.or(Filters.gt(timeField, at), Filters.gt(idField, storedId)));
  }

  /**
   * What comes after it where the latest is first.
   *
   * @param storedId the id as it is stored
   */
  public Bson before(String timeField, String idField, Object storedId) {
    return Filters.and(
        Filters.lte(timeField, at),
        Filters.or(Filters.lt(timeField, at), Filters.lt(idField, storedId)));
  }
}
