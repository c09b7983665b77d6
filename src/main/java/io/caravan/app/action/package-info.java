/** What each command does once the settings are read. */
@NullMarked
package io.caravan.app.action;

import org.jspecify.annotations.NullMarked;
