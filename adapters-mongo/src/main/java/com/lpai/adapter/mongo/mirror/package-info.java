/**
 * Records that both sides keep as documents, the same for every kind: one document each, values and
 * the intent to push them together.
 */
@NullMarked
package com.lpai.adapter.mongo.mirror;

import org.jspecify.annotations.NullMarked;
