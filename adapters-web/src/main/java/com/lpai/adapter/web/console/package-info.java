/** What the browser is told about the console's pages. */
@NullMarked
package com.lpai.adapter.web.console;

import org.jspecify.annotations.NullMarked;
