/** Wires the rings into one server: configuration, producers, workers, health. */
@NullMarked
package com.lpai.boot;

import org.jspecify.annotations.NullMarked;
