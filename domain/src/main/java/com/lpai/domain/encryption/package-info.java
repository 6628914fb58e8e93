/**
 * The master key that wraps the data keys of tokens and secrets, and its rotation. Nothing here
 * holds a key, only what people may know of one.
 */
@NullMarked
package com.lpai.domain.encryption;

import org.jspecify.annotations.NullMarked;
