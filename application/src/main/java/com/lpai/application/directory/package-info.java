/** Which locations there are, and who works in them. */
@NullMarked
package com.lpai.application.directory;

import org.jspecify.annotations.NullMarked;
