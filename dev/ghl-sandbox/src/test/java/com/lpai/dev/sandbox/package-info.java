/** Tests that speak HTTP to a running sandbox. */
@NullMarked
package com.lpai.dev.sandbox;

import org.jspecify.annotations.NullMarked;
