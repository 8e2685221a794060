package dev.strandline.testkit.simulation;

/**
 * A history in which every promise was kept.
 *
 * @param seed what it was drawn from
 * @param contentHash of everything that the store holds in the end, in hexadecimal: equal for the
 *     same script, whatever the store
 * @param requests how many requests the client sent
 * @param commits how many transactions it wrote
 * @param claims how many claims of completeness were held against the record
 */
public record Result(long seed, String contentHash, int requests, int commits, long claims) {}
