package com.lpai.adapter.mongo.schema;

/** The database holds an index, or data, that our indexes cannot live with; a person must look. */
public final class SchemaConflictException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  SchemaConflictException(String message) {
    super(message);
  }

  SchemaConflictException(String message, Throwable cause) {
    super(message, cause);
  }
}
