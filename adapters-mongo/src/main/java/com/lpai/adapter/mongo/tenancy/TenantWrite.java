package com.lpai.adapter.mongo.tenancy;

import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * One write of a batch within one location; the location is added to it. Each is of one document: a
 * batch with a write of several is not sent again by the driver when its connection breaks.
 */
public sealed interface TenantWrite {

  /** Stores a new document. */
  record Insert(Document document) implements TenantWrite {}

  /** Replaces one document. */
  record Replace(Bson filter, Document document) implements TenantWrite {}

  /** Changes the document that matches. */
  record Update(Bson filter, Bson update) implements TenantWrite {}

  /** Removes the document that matches. */
  record Delete(Bson filter) implements TenantWrite {}

  /** Changes the document that matches, or stores a new one. */
  record Upsert(Bson filter, Bson update) implements TenantWrite {}
}
