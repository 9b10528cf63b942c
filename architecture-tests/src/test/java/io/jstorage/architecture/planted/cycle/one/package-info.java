@NullMarked
package io.jstorage.architecture.planted.cycle.one;

import org.jspecify.annotations.NullMarked;
