package com.lpai.application.erasure;

import com.lpai.domain.tenant.LocationId;
import java.util.Map;

/** Erasing a location on request (spec 3). */
public interface EraseLocationUseCase {
  /**
   * Deletes the location's tokens and their key, and removes every document of it. What is under
   * way elsewhere and still writes is removed again until no hold can last.
   *
   * @return how many documents of each collection were removed
   */
  Map<String, Long> erase(LocationId locationId);
}
