/** What contacts have of their own as documents. */
@NullMarked
package com.lpai.adapter.mongo.contact;

import org.jspecify.annotations.NullMarked;
