/** Errors as RFC 9457 problem details. */
@NullMarked
package com.lpai.adapter.web.problem;

import org.jspecify.annotations.NullMarked;
