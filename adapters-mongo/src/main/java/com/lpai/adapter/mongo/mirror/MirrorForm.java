package com.lpai.adapter.mongo.mirror;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.MirrorState;
import com.lpai.domain.sync.Mirrored;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;

/**
 * What one kind of record has of its own in its document.
 *
 * @param <I> our id of such a record; its text is an ObjectId's
 * @param <G> the CRM's id of such a record; its text is what the CRM gave
 * @param <R> the record
 */
public interface MirrorForm<I, G, R extends Mirrored<I, G, R>> {
  /** What it is called in the message of a failure. */
  String kind();

  /** The field that holds the CRM's id; a unique index rests on it. */
  String crmIdField();

  FieldTable table();

  Function<String, I> ids();

  Function<String, G> crmIds();

  /** The record of this state, with its own parts from the document. */
  R record(MirrorState<I, G> state, StoredDocument stored);

  /** Puts its own parts into the document, and what is only there for finding it. */
  void writeOwnParts(R record, Document document);

  /** The fields that {@link #writeOwnParts} may put. */
  List<String> ownParts();

  /**
   * Fields of ours alone in the document, which others write: they are neither read with the record
   * nor removed for another of the same record.
   */
  default List<String> partsOfOurs() {
    return List.of();
  }

  /** True when others own fields of the document too, which are then left as they are. */
  default boolean isSharedWithOthers() {
    return false;
  }
}
