package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.exception.MongoServerError;

/** Bytes that are not BSON, or BSON that this engine does not keep. */
final class BsonFormatException extends MongoServerError {
  private static final int INVALID_BSON = 22;
  private static final long serialVersionUID = 1L;

  BsonFormatException(String message) {
    super(INVALID_BSON, "InvalidBSON", message);
  }
}
