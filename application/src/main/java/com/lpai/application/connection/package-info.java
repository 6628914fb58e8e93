/** Installing the app into a location, and the one place where tokens are refreshed. */
@NullMarked
package com.lpai.application.connection;

import org.jspecify.annotations.NullMarked;
