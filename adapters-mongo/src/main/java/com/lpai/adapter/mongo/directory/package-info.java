/** The users of locations. */
@NullMarked
package com.lpai.adapter.mongo.directory;

import org.jspecify.annotations.NullMarked;
