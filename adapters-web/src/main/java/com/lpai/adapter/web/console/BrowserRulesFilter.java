package com.lpai.adapter.web.console;

import com.lpai.adapter.web.WebSettings;
import com.lpai.adapter.web.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Tells browsers what our pages may do: nothing but our own scripts, styles and calls. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class BrowserRulesFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors"
          + " 'none'";
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** What JAX-RS can parse; it logs a stack trace for anything else. */
  private static final Pattern MEDIA_TYPE =
      Pattern.compile(TOKEN + "/" + TOKEN + "\\s*(;[^\\x00-\\x1f]*)?");

  private final boolean secure;

  @Inject
  public BrowserRulesFilter(WebSettings settings) {
    secure = settings.isSecure();
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    if (secure) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
    // The console's files too: they all carry the build's one fixed time, so that a browser could
    // not tell old ones from new ones.
    response.setHeader("Cache-Control", "no-store");
    if (request.getRequestURI().endsWith("/stream")) {
      // A proxy of this kind keeps what it gets until it is much.
      response.setHeader("X-Accel-Buffering", "no");
    }
    if (request.getRequestURI().startsWith("/api/") && !isReadable(request)) {
      refuse(response);
      return;
    }
    chain.doFilter(request, response);
  }

  private static boolean isReadable(HttpServletRequest request) {
    String type = request.getContentType();
    boolean webhook = request.getRequestURI().startsWith("/api/webhooks/");
    return webhook || type == null || MEDIA_TYPE.matcher(type).matches();
  }

  private static void refuse(HttpServletResponse response) throws IOException {
    Problem problem =
        Problem.of(
            415,
            "unsupported-media-type",
            "Unsupported media type",
            "The header Content-Type is no media type; send application/json.");
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.getOutputStream().write(problem.json().toString().getBytes(StandardCharsets.UTF_8));
  }
}
