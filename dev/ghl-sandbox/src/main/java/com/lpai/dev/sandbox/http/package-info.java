/** HTTP and JSON without any knowledge of GoHighLevel: server, router, requests, answers. */
@NullMarked
package com.lpai.dev.sandbox.http;

import org.jspecify.annotations.NullMarked;
