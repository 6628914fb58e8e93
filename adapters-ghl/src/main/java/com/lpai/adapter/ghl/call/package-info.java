/** The one way that every call with a token takes. */
@NullMarked
package com.lpai.adapter.ghl.call;

import org.jspecify.annotations.NullMarked;
