package io.jstorage.jcache.app;

import java.io.Serializable;

/** A value of an application. */
public record Point(int x, int y) implements Serializable {}
