@NullMarked
package io.jstorage.provider;

import org.jspecify.annotations.NullMarked;
