@NullMarked
package io.jstorage.architecture;

import org.jspecify.annotations.NullMarked;
