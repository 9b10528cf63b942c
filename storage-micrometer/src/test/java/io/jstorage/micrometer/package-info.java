@NullMarked
package io.jstorage.micrometer;

import org.jspecify.annotations.NullMarked;
