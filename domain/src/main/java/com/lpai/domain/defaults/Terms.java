package com.lpai.domain.defaults;

/** Terms and conditions of a location. */
public record Terms(String title, String body, String version) {}
