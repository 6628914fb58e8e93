/** What was erased, and what must never come back; each feature removes what it has itself. */
@NullMarked
package com.lpai.adapter.mongo.erasure;

import org.jspecify.annotations.NullMarked;
