package io.caravan.app;

/** A class that nothing but the text of a route file names, and that tells if anybody has listened to it. */
public final class Canary {

    /** Set as soon as the class is used in any way. */
    static final String SUNG = "caravan.test.canary";

    static {
        System.setProperty(SUNG, "loaded");
    }

    private String text = "";

    public static Canary create() {
        return new Canary();
    }

    public static Canary of(String text) {
        Canary canary = new Canary();
        canary.setText(text);
        return canary;
    }

    public void sing() {
        System.setProperty(SUNG, "sung");
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
        sing();
    }
}
