package com.lpai.application.connection;

import com.lpai.application.work.Instance;
import com.lpai.application.work.Sleeper;
import com.lpai.domain.company.CompanyRepository;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.CrmOAuth;
import com.lpai.domain.connection.TokenProof;
import com.lpai.domain.tenant.CompanyId;

/** The connections of companies. They come first: locations get tokens by them. */
public final class CompanyConnections {
  final CompanyRepository repository;
  final ConnectionKeeper<CompanyId> keeper;

  private CompanyConnections(CompanyRepository repository, ConnectionKeeper<CompanyId> keeper) {
    this.repository = repository;
    this.keeper = keeper;
  }

  public static CompanyConnections of(
      CompanyRepository companies,
      CrmOAuth oauth,
      TokenProof<CompanyId> proof,
      Sleeper sleeper,
      Instance instance) {
    return new CompanyConnections(
        companies,
        new ConnectionKeeper<>(companies, new CompanyRenewer(oauth), proof, sleeper, instance));
  }

  public AccessTokens<CompanyId> tokens() {
    return keeper;
  }
}
