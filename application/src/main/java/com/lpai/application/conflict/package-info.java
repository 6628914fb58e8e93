/**
 * Conflicts of a location's records: their list, what a person chooses, and who decides at first.
 */
@NullMarked
package com.lpai.application.conflict;

import org.jspecify.annotations.NullMarked;
