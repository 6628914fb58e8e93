package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.company.CompanyRepository;
import com.lpai.domain.company.CompanyRepositoryContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoCompanyRepositoryTest implements CompanyRepositoryContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public CompanyRepository companies() {
    return DATABASE.adapter().companies();
  }
}
