@NullMarked
package io.jstorage.architecture.planted.cycle.two;

import org.jspecify.annotations.NullMarked;
