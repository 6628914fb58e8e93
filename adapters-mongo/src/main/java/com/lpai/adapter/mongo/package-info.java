/**
 * The domain's ports on MongoDB, within the subset that MongoDB, Atlas, DocumentDB and the embedded
 * engine share (mongo.md 7). {@link com.lpai.adapter.mongo.MongoAdapter} is the only door.
 */
@NullMarked
package com.lpai.adapter.mongo;

import org.jspecify.annotations.NullMarked;
