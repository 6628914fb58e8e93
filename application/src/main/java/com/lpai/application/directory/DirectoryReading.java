package com.lpai.application.directory;

import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.Location;
import java.util.function.BooleanSupplier;

/** Reading all entries of one kind and keeping them; the same for a setup and a refresh. */
@FunctionalInterface
public interface DirectoryReading {
  /**
   * Reads what the CRM has and makes it what we have; writes only what changed.
   *
   * @param location as it is stored now
   * @param stillOurs to be asked between two calls; false when another worker took over
   * @return how many entries there are
   */
  CrmResult<Integer> read(Location location, BooleanSupplier stillOurs);
}
