/** The engine as a driver sees it: over the wire, with a real client. */
package com.lpai.dev.mongo;
