package com.lpai.adapter.mongo.document;

import com.lpai.domain.sync.UnreadableRecordException;

/** A stored document lacks a field it must have, or holds something else in it. */
public final class MalformedDocumentException extends UnreadableRecordException {
  private static final long serialVersionUID = 1L;

  MalformedDocumentException(String what, String field, String fault) {
    super(
        "The stored "
            + what
            + " cannot be read: field '"
            + field
            + "' "
            + fault
            + ". Restore the document from a backup, or correct it by hand.");
  }
}
