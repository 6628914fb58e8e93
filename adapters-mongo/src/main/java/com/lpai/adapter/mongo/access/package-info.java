/** Operator accounts, and the secrets of the deployment itself. */
@NullMarked
package com.lpai.adapter.mongo.access;

import org.jspecify.annotations.NullMarked;
