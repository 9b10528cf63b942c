package io.jstorage.file;

/**
 * A file in a store's directory that is none of its entries: neither read nor listed nor deleted.
 *
 * @param name the name of the file
 * @param reason why it is no entry, in words that follow the name
 */
public record ForeignFile(String name, String reason) {}
