package io.caravan.csv.detect;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Words that columns are named by, and hardly a value is. */
final class NameWords {

    private static final Set<String> WORDS = Set.of(
            "id",
            "name",
            "code",
            "key",
            "iso",
            "iata",
            "icao",
            "type",
            "category",
            "status",
            "title",
            "description",
            "date",
            "time",
            "timestamp",
            "year",
            "month",
            "price",
            "amount",
            "quantity",
            "qty",
            "value",
            "total",
            "count",
            "number",
            "currency",
            "country",
            "city",
            "state",
            "region",
            "address",
            "street",
            "zip",
            "zipcode",
            "postcode",
            "phone",
            "email",
            "url",
            "latitude",
            "longitude",
            "lat",
            "lon",
            "lng",
            "comment",
            "comments",
            "note",
            "notes",
            "label",
            "gender",
            "sex",
            "age",
            "username",
            "firstname",
            "lastname",
            "nom",
            "nombre",
            "fecha",
            "ort",
            "datum",
            "preis",
            "menge",
            "bezeichnung",
            "prix",
            "quantité",
            "libelle",
            "valore",
            "data",
            "descrizione",
            "codice",
            "denominazione");

    private static final Pattern BETWEEN = Pattern.compile("[\\s_.()/-]+|(?<=[a-z])(?=[A-Z])");

    private NameWords() {}

    /** Returns whether one of the words of a text is such a word, and the text is no sentence. */
    static boolean areIn(String text) {
        String[] words = BETWEEN.split(text, -1);
        if (words.length > 4) {
            return false;
        }
        for (String word : words) {
            if (WORDS.contains(word.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
