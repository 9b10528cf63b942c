@NullMarked
package io.jstorage.jdk;

import org.jspecify.annotations.NullMarked;
