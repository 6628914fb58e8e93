package com.lpai.application.erasure;

import com.lpai.domain.tenant.LocationId;
import java.util.Map;

/** Erasing a location on request (spec 3). */
public interface EraseLocationUseCase {
  /**
   * Deletes the key of the location's tokens, and removes every document of it, whether or not it
   * is a location that we know. What is under way elsewhere and still writes is swept up a few
   * times, until no hold can last.
   *
   * @return how many documents of each collection were removed
   */
  Map<String, Long> erase(LocationId locationId);
}
