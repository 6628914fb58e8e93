/**
 * What the CRM lists of a location and only it changes: users, pipelines, calendars, custom fields.
 */
@NullMarked
package com.lpai.domain.directory;

import org.jspecify.annotations.NullMarked;
