@NullMarked
package io.jstorage.examples;

import org.jspecify.annotations.NullMarked;
