package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.Bson;
import de.bwaldvogel.mongo.wire.BsonConstants;

/**
 * Bytes with the subtype that they came with, for those that the core has no type of its own for:
 * encrypted values (6) above all.
 *
 * @param latin1 the bytes as characters, so that equal bytes are equal values
 */
record TypedBinary(byte subtype, String latin1) implements Bson {
  static boolean isKeptByTheCore(byte subtype) {
    return subtype == BsonConstants.BINARY_SUBTYPE_GENERIC
        || subtype == BsonConstants.BINARY_SUBTYPE_UUID;
  }
}
