package com.lpai.adapter.web.problem;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Says in our words what the container itself refuses, a file that does not exist for example. */
@WebServlet(urlPatterns = "/problem", asyncSupported = true)
public class ContainerErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Problem problem = ProblemMapper.problem(status(request));
    boolean page = accepts(request).contains("text/html");
    String body =
        page ? ProblemPage.of(problem, "/", "Open the console") : problem.json().toString();
    response.setStatus(problem.status());
    response.setContentType(page ? ProblemPage.MEDIA_TYPE : Problem.MEDIA_TYPE);
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }

  /** Whoever calls this address itself finds nothing here. */
  private static int status(HttpServletRequest request) {
    boolean failed = request.getDispatcherType() == DispatcherType.ERROR;
    return failed
            && request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
        ? status
        : HttpServletResponse.SC_NOT_FOUND;
  }

  private static String accepts(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept == null ? "" : accept;
  }
}
