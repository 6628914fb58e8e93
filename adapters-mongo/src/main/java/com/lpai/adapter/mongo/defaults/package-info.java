/** A location's terms, templates and libraries as documents. */
@NullMarked
package com.lpai.adapter.mongo.defaults;

import org.jspecify.annotations.NullMarked;
