/** The REST API for frontends: locations and contacts as JSON. */
@NullMarked
package com.lpai.adapter.web.api;

import org.jspecify.annotations.NullMarked;
