/** The settings: application.properties and the environment. */
@NullMarked
package io.caravan.app.settings;

import org.jspecify.annotations.NullMarked;
