/** Wires the rings into one server: configuration, producers, workers, health. The only ring that knows all others. */
@NullMarked
package com.lpai.boot;

import org.jspecify.annotations.NullMarked;
