package io.jstorage.jdk;

import java.io.Serializable;

/** A class that every loader of the tests shares. */
record Envelope(Serializable content) implements Serializable {}
