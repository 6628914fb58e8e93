/**
 * Explicit client-side encryption: one data key for each owner, kept in the key vault under the
 * owner's name and wrapped by the master key (spec 3).
 */
@NullMarked
package com.lpai.adapter.mongo.encryption;

import org.jspecify.annotations.NullMarked;
