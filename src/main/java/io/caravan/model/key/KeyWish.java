package io.caravan.model.key;

/** What a feed says of an object that lies under its prefix. */
public enum KeyWish {
    /** It is for the feed. */
    WANTED,
    /** The feed's own words leave it out. */
    UNWANTED,
    /** Its name says that it is no data, and nobody says otherwise. */
    NO_DATA
}
