/** A CRM in memory, and everything wired on in-memory adapters in one JVM. */
@NullMarked
package com.lpai.application.testing;

import org.jspecify.annotations.NullMarked;
