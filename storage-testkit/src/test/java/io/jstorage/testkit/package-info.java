/** The kit tried on stores that keep the contract and on stores that break it. */
@NullMarked
package io.jstorage.testkit;

import org.jspecify.annotations.NullMarked;
