/** The contract of storages in front of files, for the tests of several modules. */
@NullMarked
package io.jstorage.file.contract;

import org.jspecify.annotations.NullMarked;
