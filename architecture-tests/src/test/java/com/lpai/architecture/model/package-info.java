/**
 * The two-way sync held to a model: every use case and the client of GoHighLevel on in-memory
 * stores, before a sandbox in the same process. What must hold is told without our merge. {@link
 * com.lpai.architecture.model.ModelReplay} does the same to real processes.
 */
@NullMarked
package com.lpai.architecture.model;

import org.jspecify.annotations.NullMarked;
