package io.jstorage.testkit;

/** Not broken: the others differ from it in one line each. */
class WatchedStoreContractTest extends BrokenFeeds.Contract {}
