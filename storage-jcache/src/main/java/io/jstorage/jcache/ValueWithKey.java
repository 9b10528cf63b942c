package io.jstorage.jcache;

/** A value together with its key, as an entry holds them where keys have no text of their own. */
record ValueWithKey(Object key, Object value) {}
