/**
 * A proxy between a program and MongoDB or GoHighLevel that breaks the connection, or the program,
 * at a chosen command; it knows the two wire formats and nothing of what they carry.
 */
@NullMarked
package com.lpai.dev.wire;

import org.jspecify.annotations.NullMarked;
