/** GoHighLevel's contacts: its payloads and its answers, field by field. */
@NullMarked
package com.lpai.adapter.ghl.contact;

import org.jspecify.annotations.NullMarked;
