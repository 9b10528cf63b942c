@NullMarked
package io.jstorage.pickle.internal;

import org.jspecify.annotations.NullMarked;
