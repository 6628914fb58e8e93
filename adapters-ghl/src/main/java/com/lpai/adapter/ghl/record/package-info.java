/** What the records of every kind have in common: ids, lists, pages and the types of fields. */
@NullMarked
package com.lpai.adapter.ghl.record;

import org.jspecify.annotations.NullMarked;
