/** The control API and the index page: what GoHighLevel does not have and a tester needs. */
@NullMarked
package com.lpai.dev.sandbox.control;

import org.jspecify.annotations.NullMarked;
