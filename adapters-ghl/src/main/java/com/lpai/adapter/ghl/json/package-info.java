/** Reading JSON that may hold anything, without an exception. */
@NullMarked
package com.lpai.adapter.ghl.json;

import org.jspecify.annotations.NullMarked;
