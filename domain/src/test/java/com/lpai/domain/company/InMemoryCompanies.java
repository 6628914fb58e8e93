package com.lpai.domain.company;

import com.lpai.domain.connection.InMemoryConnectionStore;
import com.lpai.domain.tenant.CompanyId;

/** The connections of companies in memory. */
public final class InMemoryCompanies extends InMemoryConnectionStore<CompanyId>
    implements CompanyRepository {}
