package com.lpai.adapter.mongo.tenancy;

import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * How matching documents are handed out.
 *
 * @param sort always explicit; a server's own order means nothing
 * @param limit 0 for all
 * @param projection which fields; empty for all
 */
public record Find(Bson sort, int limit, Bson projection) {
  private static final Bson EVERYTHING = new Document();

  public static Find sortedBy(Bson sort) {
    return new Find(sort, 0, EVERYTHING);
  }

  public Find limitedTo(int most) {
    return new Find(sort, most, projection);
  }

  public Find only(Bson fields) {
    return new Find(sort, limit, fields);
  }
}
