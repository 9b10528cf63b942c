package io.jstorage.jcache.app;

import java.io.Serializable;

/** What an application puts. */
public record Point(int x, int y) implements Serializable {}
