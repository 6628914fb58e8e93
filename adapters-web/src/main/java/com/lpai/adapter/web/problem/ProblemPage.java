package com.lpai.adapter.web.problem;

/** A problem as a page for a person. Only texts of ours go into it, nothing from outside. */
public final class ProblemPage {
  public static final String MEDIA_TYPE = "text/html;charset=UTF-8";

  private ProblemPage() {}

  /**
   * The page.
   *
   * @param link where its button leads
   * @param label what its button says
   */
  public static String of(Problem problem, String link, String label) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%1$s – LPai</title>
    <link rel="stylesheet" href="/app.css">
    <link rel="icon" href="/icon.svg" type="image/svg+xml">
    </head>
    <body class="letter">
    <main class="card">
    <p class="brand"><img src="/icon.svg" alt="" width="28" height="28">LPai <span>for GoHighLevel</span></p>
    <h1>%1$s</h1>
    <p>%2$s</p>
    <p class="actions"><a class="button" href="%3$s">%4$s</a></p>
    </main>
    </body>
    </html>
    """
        .formatted(problem.title(), problem.detail(), link, label);
  }
}
