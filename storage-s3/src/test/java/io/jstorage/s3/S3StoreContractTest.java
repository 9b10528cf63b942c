package io.jstorage.s3;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A store whose entries do not expire. In the short form an expiring one is asked the same, and
 * {@link S3StorageContractTest} what differs where nothing expires.
 */
@EnabledIfSystemProperty(named = "jstorage.s3.full", matches = "true")
class S3StoreContractTest extends S3StoreContract {}
