/** Health, HTTP, reload, and whose turn a feed is. */
@NullMarked
package io.caravan.app.service;

import org.jspecify.annotations.NullMarked;
