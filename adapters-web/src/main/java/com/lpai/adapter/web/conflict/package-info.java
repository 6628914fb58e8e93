/**
 * Conflicts of a location's records, what people choose in them, and who decides at first. Values
 * are shown and never logged.
 */
@NullMarked
package com.lpai.adapter.web.conflict;

import org.jspecify.annotations.NullMarked;
