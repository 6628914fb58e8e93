/** Agencies that installed the app for many locations, and how those locations are found. */
@NullMarked
package com.lpai.domain.company;

import org.jspecify.annotations.NullMarked;
