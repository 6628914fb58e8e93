package com.lpai.dev.sandbox;

/** Each answer about custom fields and custom values. */
final class FieldAnswers {
  private FieldAnswers() {}

  static void give(EveryAnswer all) {
    Client client = all.user();
    String fields = "/locations/location1/customFields";
    all.get(client, fields + "?model=all");
    all.get(client, fields + "?model=wrong");
    all.json(client, "POST", fields, "{}");
    String field =
        fields
            + "/"
            + all.json(
                    client,
                    "POST",
                    fields,
                    """
                    {"name":"Photos","dataType":"FILE_UPLOAD","isMultipleFile":true,
                     "maxNumberOfFiles":2,"textBoxListOptions":[{"label":"a"}]}""")
                .json()
                .getJsonObject("customField")
                .getString("id");
    all.get(client, field);
    all.json(client, "PUT", field, "{\"name\":\"n\"}");
    all.json(client, "PUT", field, "{}");
    all.call(client, "DELETE", field, "", "");
    all.get(client, field);
    String values = "/locations/location1/customValues";
    all.get(client, values);
    all.json(client, "POST", values, "{}");
    String value =
        values
            + "/"
            + all.json(client, "POST", values, "{\"name\":\"n\",\"value\":\"v\"}")
                .json()
                .getJsonObject("customValue")
                .getString("id");
    all.get(client, value);
    all.json(client, "PUT", value, "{\"name\":\"n\",\"value\":\"w\"}");
    all.call(client, "DELETE", value, "", "");
    all.get(client, value);
    all.get(client, "/locations/other/customValues");
  }
}
