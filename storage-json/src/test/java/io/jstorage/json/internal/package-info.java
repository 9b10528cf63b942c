@NullMarked
package io.jstorage.json.internal;

import org.jspecify.annotations.NullMarked;
