package com.lpai.application.work;

/**
 * A piece of background work that is due.
 *
 * @param key what is the same for two that must not run at once on one instance
 */
public record Chore(String key, Runnable work) {}
