package com.lpai.adapter.mongo.connection;

import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Where the documents of connections of one kind of owner lie; it knows nothing of what is in them
 * but their version.
 *
 * @param <O> the owner: a location's or a company's id
 */
public interface ConnectionPlace<O> {
  /** The field that every change is guarded by. */
  String VERSION = "version";

  /** The owner's name in the key vault and in messages; no two owners of any kind share one. */
  String name(O owner);

  /** How a field of the connection is called in filters and updates. */
  String path(String field);

  Optional<Document> find(O owner);

  /** Stores a first one; false when there is one. */
  boolean insert(O owner, Document connection);

  /** Stores another one in the place of this version; false when that is gone. */
  boolean replace(O owner, long version, Document connection);

  /** Changes fields of this version, which stays; without effect when it is gone. */
  void update(O owner, long version, Bson update);

  /**
   * The owners of the connections that match.
   *
   * @param sortedBy a field, then by owner
   * @param limit 0 for all
   */
  List<O> owners(Bson filter, String sortedBy, int limit);
}
