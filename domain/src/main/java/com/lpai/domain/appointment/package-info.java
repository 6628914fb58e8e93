/** The appointment and the ports it needs. */
@NullMarked
package com.lpai.domain.appointment;

import org.jspecify.annotations.NullMarked;
