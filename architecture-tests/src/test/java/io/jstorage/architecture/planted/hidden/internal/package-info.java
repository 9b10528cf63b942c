@NullMarked
package io.jstorage.architecture.planted.hidden.internal;

import org.jspecify.annotations.NullMarked;
