/** Reads stored documents strictly and names their keys safely; knows no domain type. */
@NullMarked
package com.lpai.adapter.mongo.document;

import org.jspecify.annotations.NullMarked;
