package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;

/**
 * The app as a company has it (ghl-facts.md 2.4).
 *
 * @param userId who installed; empty when nobody is named
 * @param scope space separated
 * @param bulk an agency user chose locations for a sub-account app; else the app is the agency's
 * @param allLocations all were chosen
 * @param futureLocations a location that is made later gets the app by itself
 * @param locationIds that were chosen
 * @param approvedLocations absent or present in token answers; empty to follow the setting
 */
public record CompanyInstall(
    String companyId,
    String userId,
    String scope,
    boolean bulk,
    boolean allLocations,
    boolean futureLocations,
    List<String> locationIds,
    String approvedLocations) {

  public CompanyInstall {
    locationIds = List.copyOf(locationIds);
  }

  JsonObject toJson() {
    return JsonText.object()
        .add("companyId", companyId)
        .add("userId", userId)
        .add("scope", scope)
        .add("bulk", bulk)
        .add("allLocations", allLocations)
        .add("futureLocations", futureLocations)
        .add("locationIds", JsonText.array(locationIds))
        .add("approvedLocations", approvedLocations)
        .build();
  }

  static CompanyInstall of(JsonObject json) {
    return new CompanyInstall(
        json.getString("companyId"),
        json.getString("userId"),
        json.getString("scope"),
        json.getBoolean("bulk"),
        json.getBoolean("allLocations"),
        json.getBoolean("futureLocations"),
        json.getJsonArray("locationIds").getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .toList(),
        json.getString("approvedLocations"));
  }
}
