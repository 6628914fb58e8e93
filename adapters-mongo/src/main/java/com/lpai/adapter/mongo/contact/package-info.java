/** Contacts as documents: one per contact, values and the intent to push them together. */
@NullMarked
package com.lpai.adapter.mongo.contact;

import org.jspecify.annotations.NullMarked;
