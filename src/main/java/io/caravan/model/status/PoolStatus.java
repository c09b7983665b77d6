package io.caravan.model.status;

/**
 * The connections of a pool, at one moment.
 *
 * @param active how many are in use
 * @param idle how many are open and wait for use
 * @param waiting how many threads wait for one
 * @param max how many there may be
 */
public record PoolStatus(int active, int idle, int waiting, int max) {}
