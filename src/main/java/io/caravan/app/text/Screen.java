package io.caravan.app.text;

/**
 * Where text for people goes.
 *
 * @param width columns of the terminal; {@link Integer#MAX_VALUE} if it is none
 * @param isTerminal whether somebody sees it as it comes; what goes elsewhere is always of the same shape
 * @param hasColours whether words may have colours
 */
public record Screen(int width, boolean isTerminal, boolean hasColours) {

    /** A file, or another program. */
    public static final Screen NONE = new Screen(Integer.MAX_VALUE, false, false);

    /** A terminal without colours. */
    public static Screen plain(int width) {
        return new Screen(width, true, false);
    }
}
