package com.lpai.adapter.mongo.copy;

import com.lpai.adapter.mongo.document.StoredDocument;
import org.bson.Document;

/**
 * One kind of copy as a document.
 *
 * @param <E> the kind
 */
public interface CopyForm<E> {
  /** What it is called in the message of a failure. */
  String kind();

  /** The field that holds the CRM's id; a unique index rests on it. */
  String idField();

  String id(E copy);

  /** Everything but the id; what is empty is left out, see {@link Sparse}. */
  Document toDocument(E copy);

  E toDomain(StoredDocument stored);

  /**
   * What is to be stored of a copy that the CRM told anew.
   *
   * @param stored as it is stored
   */
  default E renewed(E stored, E told) {
    return told;
  }
}
