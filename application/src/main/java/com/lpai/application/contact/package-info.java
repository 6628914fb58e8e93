/**
 * Reading and editing contacts here, and taking in what the CRM says of them; knows neither HTTP
 * nor MongoDB.
 */
@NullMarked
package com.lpai.application.contact;

import org.jspecify.annotations.NullMarked;
