package com.lpai.dev.sandbox.http;

/** Small HTML pages with one look. */
public final class Html {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent);--accent:#2458d3}
      body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2.5rem auto;padding:0 1rem}
      h1{font-size:1.5rem;margin:0 0 .25rem}p,li{max-width:40rem}small{opacity:.75}
      table{border-collapse:collapse;width:100%;margin:1rem 0}
      th,td{text-align:left;padding:.45rem .5rem;border-bottom:1px solid var(--line)}
      label.row{display:flex;gap:.75rem;padding:.7rem;border:1px solid var(--line);border-radius:.5rem;margin:.5rem 0;cursor:pointer}
      button{font:inherit;padding:.45rem 1rem;border-radius:.5rem;border:1px solid var(--line);cursor:pointer}
      button.main{background:var(--accent);color:#fff;border-color:var(--accent)}
      code{font-size:.9em}
      .note{padding:.6rem .8rem;border-left:4px solid var(--accent);background:color-mix(in srgb,currentColor 6%,transparent)}
      """;

  private Html() {}

  /** A whole page around a body that is HTML already. */
  public static String page(String title, String body) {
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <title>%s</title><style>%s</style></head>
        <body><main>%s</main></body></html>
        """
        .formatted(escaped(title), STYLE, body);
  }

  /** Text made safe for elements and attributes. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
