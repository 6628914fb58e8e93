/** The web adapter: what it is told, and what it puts together for the container. */
@NullMarked
package com.lpai.adapter.web;

import org.jspecify.annotations.NullMarked;
