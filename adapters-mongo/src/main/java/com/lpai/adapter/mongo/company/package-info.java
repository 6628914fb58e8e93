/**
 * Companies: their connections and their discoveries, two parts of one document that are written
 * and guarded apart, so that neither's progress is lost to the other's.
 */
@NullMarked
package com.lpai.adapter.mongo.company;

import org.jspecify.annotations.NullMarked;
