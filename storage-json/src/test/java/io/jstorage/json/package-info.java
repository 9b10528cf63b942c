@NullMarked
package io.jstorage.json;

import org.jspecify.annotations.NullMarked;
