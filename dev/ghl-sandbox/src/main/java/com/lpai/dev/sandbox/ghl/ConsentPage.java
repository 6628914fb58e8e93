package com.lpai.dev.sandbox.ghl;

import static com.lpai.dev.sandbox.http.Html.escaped;

import com.lpai.dev.sandbox.http.Html;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page on which a person chooses a location and agrees. */
final class ConsentPage {
  /** Begins the value of a choice that is a company. */
  static final String COMPANY = "company:";

  private ConsentPage() {}

  /**
   * @param carried parameters that the form sends back unchanged
   */
  static String choose(
      Collection<JsonObject> locations, Map<String, String> carried, String scope) {
    String hidden =
        carried.entrySet().stream()
            .map(
                it ->
                    "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                        .formatted(escaped(it.getKey()), escaped(it.getValue())))
            .collect(Collectors.joining());
    String choices =
        locations.isEmpty()
            ? "<p class=\"note\">There is no location yet. Make one with"
                + " <code>POST /sandbox/locations</code>.</p>"
            : locations.stream().map(ConsentPage::choice).collect(Collectors.joining())
                + companies(locations);
    return Html.page(
        "Choose a location",
        """
        <h1>Choose a location</h1>
        <p>An app wants to connect to one of your sub-accounts.
        <small>This is the GoHighLevel sandbox; nothing leaves this machine.</small></p>
        <form method="post">%s%s
        <details><summary>What it may do</summary><p><code>%s</code></p></details>
        <p><button class="main" name="decision" value="allow">Proceed</button>
        <button name="decision" value="cancel">Cancel</button></p></form>
        """
            .formatted(hidden, choices, escaped(scope)));
  }

  static String problem(String what) {
    return Html.page(
        "Something is wrong", "<h1>Something is wrong</h1><p>" + escaped(what) + "</p>");
  }

  private static String choice(JsonObject location) {
    String id = escaped(location.getString("id"));
    return """
        <label class="row"><input type="radio" name="location_id" value="%s">
        <span><strong>%s</strong><br><small>%s</small></span></label>
        """
        .formatted(id, escaped(location.getString("name")), id);
  }

  private static String companies(Collection<JsonObject> locations) {
    Map<String, Long> counts =
        locations.stream()
            .collect(
                Collectors.groupingBy(
                    it -> it.getString("companyId"), TreeMap::new, Collectors.counting()));
    String choices =
        counts.entrySet().stream()
            .map(it -> company(it.getKey(), it.getValue()))
            .collect(Collectors.joining());
    return """
        <details><summary>Install for a whole agency</summary>%s
        <p><label><input type="checkbox" name="future_locations" value="true">
        Also in locations that are made later</label></p></details>
        """
        .formatted(choices);
  }

  private static String company(String companyId, long locations) {
    String id = escaped(companyId);
    return """
        <label class="row"><input type="radio" name="location_id" value="%s%s">
        <span><strong>All locations of %s</strong><br><small>%d now</small></span></label>
        """
        .formatted(COMPANY, id, id, locations);
  }
}
