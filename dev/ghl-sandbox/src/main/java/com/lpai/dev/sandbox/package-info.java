/** The sandbox's door: starts a GoHighLevel of one machine, as a program or inside a test. */
@NullMarked
package com.lpai.dev.sandbox;

import org.jspecify.annotations.NullMarked;
