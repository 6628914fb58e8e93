/** Installing the app in a browser: the way to the consent page and back. */
@NullMarked
package com.lpai.adapter.web.oauth;

import org.jspecify.annotations.NullMarked;
