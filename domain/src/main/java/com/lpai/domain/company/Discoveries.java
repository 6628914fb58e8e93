package com.lpai.domain.company;

import com.lpai.domain.tenant.CompanyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where discoveries are kept, one for each company. */
public interface Discoveries {
  Optional<Discovery> find(CompanyId companyId);

  /**
   * Stores it when it is still at the version it was read at; version 0 stores a new one.
   *
   * @return it with its new version; empty when somebody else stored it meanwhile
   */
  Optional<Discovery> save(Discovery discovery);

  /** Companies whose discovery is due, the longest first. */
  List<CompanyId> due(Instant now, int limit);

  /** Every company that ever installed the app, by id. */
  List<Discovery> all();
}
