package com.lpai.domain.company;

import com.lpai.domain.connection.ConnectionStore;
import com.lpai.domain.tenant.CompanyId;

/**
 * Where the connections of companies are kept: in a collection of its own, so that no query for a
 * tenant can ever match one (trap 9).
 */
public interface CompanyRepository extends ConnectionStore<CompanyId> {}
