/** What operators see and do: the overview, live, and the jobs they trigger. */
@NullMarked
package com.lpai.adapter.web.operations;

import org.jspecify.annotations.NullMarked;
