package com.lpai.domain.connection;

import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;

/**
 * What the CRM grants for one location.
 *
 * @param derivedFromCompany got with the company's token instead of a consent of its own
 */
public record TokenGrant(
    LocationId locationId, CompanyId companyId, OAuthTokens tokens, boolean derivedFromCompany) {}
