/** GoHighLevel's own API documents as a measure, for this module's tests and the client's. */
@NullMarked
package com.lpai.dev.sandbox.openapi;

import org.jspecify.annotations.NullMarked;
