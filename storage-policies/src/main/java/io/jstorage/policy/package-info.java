/**
 * Policies: storages in front of any other storage, which do something more or less with each call.
 *
 * <p>{@link io.jstorage.policy.FallbackStorage} serves something else while the storage fails,
 * {@link io.jstorage.policy.RefreshStorage} loads anew before entries expire, {@link
 * io.jstorage.policy.RememberedMisses} remembers that there is nothing, {@link
 * io.jstorage.policy.PrefixStorage} shows the entries under a prefix, {@link
 * io.jstorage.policy.ReadOnlyStorage} lets nothing be changed, and {@link
 * io.jstorage.policy.LargestEntry} refuses what is too large.
 */
@NullMarked
package io.jstorage.policy;

import org.jspecify.annotations.NullMarked;
