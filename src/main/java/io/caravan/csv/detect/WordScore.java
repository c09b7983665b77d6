package io.caravan.csv.detect;

import java.lang.Character.UnicodeScript;
import java.nio.charset.Charset;
import java.util.List;

/** How much the letters of a text that are not ASCII look like those of words. */
final class WordScore {

    /** Letters of the languages of Europe that are written in Latin. */
    private static final String COMMON =
            "äöüßÄÖÜéèêëàâáãåæçñóòôõøíìîïúùûýÉÈÀÅÆØÇÑÓÍÚÁÂÃÊÔÕěščřžůďťňĚŠČŘŽŮĎŤŇąćęłńśźżĄĆĘŁŃŚŹŻőűŐŰășțşţđĐğıİ";

    /** Those that are words of their own somewhere in Europe. */
    private static final String WORDS = "àÀéÉèÈòÒåÅøØöÖæÆíÍóÓúÚ";

    /** Letters of Greek and of Russian that words have seldom: where there are many, it is the other alphabet. */
    private static final String RARE = "βζξψщшъэюфхцжй";

    private WordScore() {}

    /**
     * Returns a score.
     *
     * @return from 0 to 1; 1 if each such character stands where it may in a word, or is a common sign
     */
    static double of(List<Sample> samples, Charset charset) {
        double good = 0;
        long all = 0;
        for (Sample sample : samples) {
            String text = CharsetGuess.text(sample, charset);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c >= 0x80) {
                    all++;
                    good += score(text, i);
                }
            }
        }
        return all == 0 ? 1 : good / all;
    }

    /**
     * Of Italian and French these end words, and no word of French begins with one but à. Nor do these languages, or those of
     * Scandinavia, have acutes on other letters of the same word, as Czech and Hungarian do, whose letters have the same bytes.
     */
    private static boolean isAstray(String text, int at, boolean hasBefore, boolean hasAfter) {
        return switch (text.charAt(at)) {
            case 'ì', 'ù' -> hasAfter;
            case 'è' -> (!hasBefore && hasAfter) || isBeside(text, at, "úíýóáÚÍÝÓÁ");
            case 'È' -> isBeside(text, at, "úíýóáÚÍÝÓÁ");
            case 'ø', 'Ø' -> isBeside(text, at, "úíýÚÍÝ");
            case 'õ', 'Õ', 'û', 'Û' -> isBeside(text, at, "úíóéáÚÍÓÉÁ");
            // Polish has none of these, and Czech no such letter.
            case 'ą', 'Ą' -> isBeside(text, at, "áíýúěřůÁÍÝÚĚŘŮ");
            default -> false;
        };
    }

    private static boolean isBeside(String text, int at, String letters) {
        for (int i = at - 1; i >= 0 && Character.isLetter(text.charAt(i)); i--) {
            if (letters.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        for (int i = at + 1; i < text.length() && Character.isLetter(text.charAt(i)); i++) {
            if (letters.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static double score(String text, int at) {
        char c = text.charAt(at);
        if (c == '\uFFFD' || Character.isISOControl(c)) {
            return 0;
        }
        boolean hasBefore = at > 0 && Character.isLetter(text.charAt(at - 1));
        boolean hasAfter = at + 1 < text.length() && Character.isLetter(text.charAt(at + 1));
        if (!Character.isLetter(c)) {
            // Quotes, dashes, money, degrees; what draws boxes is none of a text, and few stand inside of a word.
            boolean isInside = hasBefore && hasAfter && "’·–—\u00AD\u00A0".indexOf(c) < 0;
            boolean isSign = "°€£§©®–—‘’“”„•…«»²³½¼¾·ºª\u00A0×±µ¿¡".indexOf(c) >= 0;
            return c >= 0x2500 && c <= 0x25FF ? 0 : isInside ? 0.2 : isSign ? 0.95 : 0.4;
        }
        UnicodeScript script = UnicodeScript.of(c);
        if (script != UnicodeScript.LATIN) {
            boolean fits = (!hasBefore || UnicodeScript.of(text.charAt(at - 1)) == script)
                    && (!hasAfter || UnicodeScript.of(text.charAt(at + 1)) == script);
            boolean isTurned = hasBefore && Character.isLowerCase(text.charAt(at - 1)) && Character.isUpperCase(c);
            boolean isRare = RARE.indexOf(Character.toLowerCase(c)) >= 0;
            return !fits ? 0.1 : isTurned ? 0.2 : !hasBefore && !hasAfter ? 0.5 : isRare ? 0.6 : 1;
        }
        // Latin words are ASCII but for some letters, and no capital stands behind a small one.
        boolean isTurned = hasBefore && Character.isLowerCase(text.charAt(at - 1)) && Character.isUpperCase(c);
        isTurned |= hasAfter && Character.isLowerCase(c) && Character.isUpperCase(text.charAt(at + 1));
        boolean isCrowd = hasBefore && hasAfter && text.charAt(at - 1) >= 0x80 && text.charAt(at + 1) >= 0x80;
        // Few words are one such letter; between blanks a dash of another charset looks like one.
        boolean isAlone = !hasBefore && !hasAfter && WORDS.indexOf(c) < 0;
        double common = isAlone ? 0.5 : COMMON.indexOf(c) >= 0 ? 1 : 0.85;
        return isTurned || isCrowd ? 0.1 : isAstray(text, at, hasBefore, hasAfter) ? 0.2 : common;
    }
}
