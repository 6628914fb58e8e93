/** Copies of what only the CRM changes: written when they differ, and never otherwise. */
@NullMarked
package com.lpai.adapter.mongo.copy;

import org.jspecify.annotations.NullMarked;
