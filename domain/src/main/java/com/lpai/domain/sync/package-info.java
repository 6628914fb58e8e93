/**
 * Fields, dirty state and the one merge rule, the same for every synced entity; knows neither
 * side's format.
 */
@NullMarked
package com.lpai.domain.sync;

import org.jspecify.annotations.NullMarked;
