package com.lpai.domain.directory;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Which icon a calendar is shown with, told by what its name speaks of. */
final class CalendarIcons {
  private static final String ANY = "calendar";
  private static final Map<String, String> BY_WORD = new LinkedHashMap<>();

  static {
    BY_WORD.put("phone", "phone");
    BY_WORD.put("call", "phone");
    BY_WORD.put("video", "video");
    BY_WORD.put("zoom", "video");
    BY_WORD.put("estimate", "clipboard");
    BY_WORD.put("quote", "clipboard");
    BY_WORD.put("install", "tools");
    BY_WORD.put("repair", "tools");
    BY_WORD.put("service", "tools");
    BY_WORD.put("visit", "map-pin");
    BY_WORD.put("site", "map-pin");
    BY_WORD.put("inspect", "search");
  }

  private CalendarIcons() {}

  static String of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return BY_WORD.entrySet().stream()
        .filter(entry -> lower.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(ANY);
  }
}
