/** Telling the CRM what was changed here, one call at a time, never twice blindly. */
@NullMarked
package com.lpai.application.push;

import org.jspecify.annotations.NullMarked;
