/**
 * Installing the app for locations and companies, uninstalling it, and the one place where tokens
 * are renewed.
 */
@NullMarked
package com.lpai.application.connection;

import org.jspecify.annotations.NullMarked;
