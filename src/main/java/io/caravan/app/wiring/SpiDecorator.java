package io.caravan.app.wiring;

/** Puts something around each thing that the use cases need from outside. */
public interface SpiDecorator {

    /** Gives everything back as it is. */
    SpiDecorator NONE = new SpiDecorator() {
        @Override
        public <T> T decorate(Class<T> type, T inner) {
            return inner;
        }
    };

    /**
     * Returns what does the same as a thing, and more.
     *
     * @param type an interface of {@code io.caravan.spi}
     */
    <T> T decorate(Class<T> type, T inner);
}
