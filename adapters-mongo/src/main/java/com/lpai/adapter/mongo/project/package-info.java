/** What projects have of their own as documents. */
@NullMarked
package com.lpai.adapter.mongo.project;

import org.jspecify.annotations.NullMarked;
