package com.lpai.adapter.mongo.failure;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteError;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonDocument;

/**
 * Which unique index refused a write. Servers that tell no {@code keyPattern} are understood by the
 * index's name in the message (mongo.md 5, trap 11); all our indexes are named after their fields.
 *
 * @param index fields or name of the index; empty when the server told neither
 */
public record DuplicateKey(String index) {
  private static final int DUPLICATE = 11000;
  private static final Pattern INDEX_NAME = Pattern.compile("index: (\\S+)");

  static boolean is(WriteError error) {
    return error.getCode() == DUPLICATE;
  }

  /** True when a unique index is behind this failure, however it was wrapped. */
  public static boolean causes(MongoException failure) {
    return failure.getCode() == DUPLICATE
        || (failure instanceof MongoWriteException write && is(write.getError()))
        || (failure.getCause() instanceof MongoException cause && causes(cause));
  }

  static DuplicateKey of(WriteError error) {
    BsonDocument details = error.getDetails();
    if (details.isDocument("keyPattern")) {
      return new DuplicateKey(
          String.join(" ", List.copyOf(details.getDocument("keyPattern").keySet())));
    }
    Matcher name = INDEX_NAME.matcher(error.getMessage());
    return new DuplicateKey(name.find() ? name.group(1) : "");
  }

  /** True when the index is over this field. */
  public boolean concerns(String field) {
    return index.contains(field);
  }
}
