/** Files behind other storages, in tests. */
@NullMarked
package io.jstorage.file.contract;

import org.jspecify.annotations.NullMarked;
