package com.lpai.domain.company;

class InMemoryCompaniesTest implements CompanyRepositoryContract {
  private final InMemoryCompanies companies = new InMemoryCompanies();

  @Override
  public CompanyRepository companies() {
    return companies;
  }
}
