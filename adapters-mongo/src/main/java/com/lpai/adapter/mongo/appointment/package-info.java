/** What appointments have of their own as documents. */
@NullMarked
package com.lpai.adapter.mongo.appointment;

import org.jspecify.annotations.NullMarked;
