@NullMarked
package io.jstorage.near;

import org.jspecify.annotations.NullMarked;
