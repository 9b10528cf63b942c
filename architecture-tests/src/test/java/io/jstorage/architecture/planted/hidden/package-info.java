@NullMarked
package io.jstorage.architecture.planted.hidden;

import org.jspecify.annotations.NullMarked;
