/** What messages that are sent from here have of their own as documents. */
@NullMarked
package com.lpai.adapter.mongo.message;

import org.jspecify.annotations.NullMarked;
