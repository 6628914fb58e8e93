package com.lpai.dev.sandbox.control;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.http.Router;
import java.util.Map;

/** One part of the control API. */
interface ControlArea {

  /** An operation with the values of its path. */
  interface Operation {
    Reply run(Request request, Map<String, String> variables);
  }

  void addTo(Router<Operation> router);
}
