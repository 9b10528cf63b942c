@NullMarked
package io.jstorage.architecture.planted;

import org.jspecify.annotations.NullMarked;
