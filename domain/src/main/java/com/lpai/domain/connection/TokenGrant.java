package com.lpai.domain.connection;

import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;

/** What the token endpoint grants for one location. */
public record TokenGrant(LocationId locationId, CompanyId companyId, OAuthTokens tokens) {}
