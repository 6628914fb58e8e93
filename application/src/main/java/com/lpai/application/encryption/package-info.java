/** Changing the master key while serving: begun by an operator, carried on by the workers. */
@NullMarked
package com.lpai.application.encryption;

import org.jspecify.annotations.NullMarked;
