/** The REST API for frontends: locations, their setup and their records as JSON. */
@NullMarked
package com.lpai.adapter.web.api;

import org.jspecify.annotations.NullMarked;
