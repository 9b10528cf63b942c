package io.jstorage.spring;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A value. */
public record Book(String title, int year, @Nullable String note) implements Serializable {}
