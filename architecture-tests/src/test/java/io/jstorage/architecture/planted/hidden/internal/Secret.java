package io.jstorage.architecture.planted.hidden.internal;

/** Nobody's business. */
public class Secret {}
