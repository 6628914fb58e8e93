/** Who may make how many calls of the CRM, and which instances are alive. */
@NullMarked
package com.lpai.adapter.mongo.permit;

import org.jspecify.annotations.NullMarked;
