/** Tests of the proxy over real sockets, before the embedded database, the sandbox and others. */
@NullMarked
package com.lpai.dev.wire;

import org.jspecify.annotations.NullMarked;
