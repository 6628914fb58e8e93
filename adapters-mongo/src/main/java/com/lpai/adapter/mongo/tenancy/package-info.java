/**
 * The only way to a collection. Tenant data is reached through {@link
 * com.lpai.adapter.mongo.tenancy.TenantCollection}, which adds the location to every filter and
 * document; the few looks across tenants have a class of their own.
 */
@NullMarked
package com.lpai.adapter.mongo.tenancy;

import org.jspecify.annotations.NullMarked;
