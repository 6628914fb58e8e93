/** Who may call what: tokens, the console session, and one place that refuses. */
@NullMarked
package com.lpai.adapter.web.security;

import org.jspecify.annotations.NullMarked;
