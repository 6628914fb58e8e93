/** Local writes, the same for every kind of record; knows neither HTTP nor MongoDB. */
@NullMarked
package com.lpai.application.edit;

import org.jspecify.annotations.NullMarked;
