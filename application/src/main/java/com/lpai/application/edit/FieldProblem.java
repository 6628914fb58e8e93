package com.lpai.application.edit;

/**
 * Why a value is not accepted.
 *
 * @param field the field as the caller named it
 * @param message what is wrong and what is allowed, for a person
 */
public record FieldProblem(String field, String message) {}
