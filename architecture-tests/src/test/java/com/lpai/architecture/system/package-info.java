/** Tests of the whole system as real processes: database, sandbox, server, launcher. */
@NullMarked
package com.lpai.architecture.system;

import org.jspecify.annotations.NullMarked;
