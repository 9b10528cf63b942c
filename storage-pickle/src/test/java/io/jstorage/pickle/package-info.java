@NullMarked
package io.jstorage.pickle;

import org.jspecify.annotations.NullMarked;
